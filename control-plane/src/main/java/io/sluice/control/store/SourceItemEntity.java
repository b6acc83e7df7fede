package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of {@code source_item}: a table or a model. */
@Entity
@DynamicUpdate // two transactions may change different columns of a row
@Table(name = "source_item")
public class SourceItemEntity {
    /** Kind of a table or view. */
    static final String TABLE = "table";

    /** Kind of a model. */
    static final String MODEL = "model";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "source_item")
    @SequenceGenerator(name = "source_item", sequenceName = "source_item_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "source_id")
    public long sourceId;

    public String kind;

    @Column(name = "table_catalog")
    public String tableCatalog;

    @Column(name = "table_schema")
    public String tableSchema;

    @Column(name = "table_name")
    public String tableName;

    public boolean listed;
    public String name;
    public String description;
    public String query;

    @JdbcTypeCode(SqlTypes.JSON)
    public String columns;

    @Column(name = "columns_refreshed_at")
    public Instant columnsRefreshedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "pii_columns")
    public String piiColumns = "[]";

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;
}
