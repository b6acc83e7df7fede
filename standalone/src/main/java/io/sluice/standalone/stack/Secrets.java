package io.sluice.standalone.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * Passwords and keys of one data folder: made once, kept in one file that only its owner may read. Prints none of them.
 */
public final class Secrets {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String TOKEN_PREFIX = "secret-token:";
    private static final int TOKEN_LETTERS = 24;
    private static final int PASSWORD_LETTERS = 32;
    private static final int KEY_BYTES = 32;

    private static final String API_KEY = "api-key";
    private static final String SETTINGS_KEY = "settings-key";
    private static final String POSTGRES_PASSWORD = "postgres-password";
    private static final String CONTROL_PASSWORD = "control-plane-password";
    private static final String REGISTRY_PASSWORD = "registry-password";
    private static final String DEMO_PASSWORD = "demo-password";

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /**
     * Reads the file; makes it, or what it lacks, with new random values.
     *
     * @throws StackException when it cannot be read or written
     */
    public static Secrets loadOrCreate(Path file) {
        Properties values = new Properties();
        try {
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    values.load(reader);
                }
            }
            int known = values.size();
            SecureRandom random = new SecureRandom();
            values.putIfAbsent(API_KEY, TOKEN_PREFIX + letters(random, TOKEN_LETTERS));
            values.putIfAbsent(SETTINGS_KEY, base64(random));
            values.putIfAbsent(POSTGRES_PASSWORD, letters(random, PASSWORD_LETTERS));
            values.putIfAbsent(CONTROL_PASSWORD, letters(random, PASSWORD_LETTERS));
            values.putIfAbsent(REGISTRY_PASSWORD, letters(random, PASSWORD_LETTERS));
            values.putIfAbsent(DEMO_PASSWORD, letters(random, PASSWORD_LETTERS));
            if (values.size() != known) {
                StringWriter text = new StringWriter();
                values.store(
                        text,
                        "Made by Sluice for this data folder. Losing this file makes its connections unreadable.");
                PrivateFiles.write(file, text.toString());
            }
            return new Secrets(values);
        } catch (IOException e) {
            throw new StackException("the file " + file + " cannot be read or written: " + e.getMessage(), e);
        }
    }

    private static String letters(SecureRandom random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static String base64(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The workspace API key, {@code secret-token:} and 24 letters and digits. */
    public String apiKey() {
        return values.getProperty(API_KEY);
    }

    /** The key that protects connection settings: 32 bytes in Base64. */
    public String settingsKey() {
        return values.getProperty(SETTINGS_KEY);
    }

    /** Password of PostgreSQL's super-user. */
    public String postgresPassword() {
        return values.getProperty(POSTGRES_PASSWORD);
    }

    /** Password of the control plane's role. */
    public String controlPlanePassword() {
        return values.getProperty(CONTROL_PASSWORD);
    }

    /** Password of the registry's role. */
    public String registryPassword() {
        return values.getProperty(REGISTRY_PASSWORD);
    }

    /** Password of the roles of the demo's databases. */
    public String demoPassword() {
        return values.getProperty(DEMO_PASSWORD);
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
