package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of {@code destination_item}. */
@Entity
@Table(name = "destination_item")
public class DestinationItemEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "destination_item")
    @SequenceGenerator(name = "destination_item", sequenceName = "destination_item_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "destination_id")
    public long destinationId;

    @Column(name = "full_name")
    public String fullName;

    @JdbcTypeCode(SqlTypes.JSON)
    public String definition;

    public boolean listed;
}
