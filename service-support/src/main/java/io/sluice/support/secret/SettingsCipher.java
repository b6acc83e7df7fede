package io.sluice.support.secret;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Envelope encryption of connection settings (requirement SEC-1): each value gets a data key of its own, which is wrapped
 * by the configured key. The associated data binds a value to its connection, so that settings cannot be moved from one
 * connection to another. Thread-safe.
 */
public final class SettingsCipher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final List<Aead> keys;

    /**
     * Makes a cipher.
     *
     * @param configured one or more Base64 keys of 32 bytes, separated by commas; the first encrypts, all decrypt
     * @throws IllegalArgumentException when a key is not 32 bytes of Base64; the message does not contain it
     */
    public SettingsCipher(String configured) {
        List<Aead> aeads = new ArrayList<>();
        try {
            AeadConfig.register();
            for (byte[] key : SecretKeys.of(configured)) {
                aeads.add(KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, new AesGcmJce(key)));
            }
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java runtime lacks AES-GCM", broken);
        }
        this.keys = List.copyOf(aeads);
    }

    /** Encrypts settings (JSON values) for the connection named by {@code associatedData}. */
    public byte[] encrypt(Map<String, ?> settings, String associatedData) {
        try {
            return keys.getFirst()
                    .encrypt(JSON.writeValueAsBytes(settings), associatedData.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("cannot encrypt settings", impossible);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made for the same associated data.
     *
     * @throws IllegalStateException when no configured key fits, or the value was tampered with or moved
     */
    public Map<String, Object> decrypt(byte[] encrypted, String associatedData) {
        for (Aead key : keys) {
            try {
                return JSON.readValue(key.decrypt(encrypted, associatedData.getBytes(StandardCharsets.UTF_8)), OBJECT);
            } catch (GeneralSecurityException notThisKey) {
                continue;
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
        throw new IllegalStateException("the settings of " + associatedData
                + " cannot be decrypted: sluice.secret.key differs from the key they were saved with");
    }
}
