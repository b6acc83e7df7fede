package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of {@code api_key}. */
@Entity
@Table(name = "api_key")
public class ApiKeyEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "api_key")
    @SequenceGenerator(name = "api_key", sequenceName = "api_key_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "workspace_id")
    public long workspaceId;

    @Column(name = "token_sha256")
    public byte[] tokenSha256;

    @Column(name = "encrypted_token")
    public byte[] encryptedToken;

    @Column(name = "created_at")
    public Instant createdAt;
}
