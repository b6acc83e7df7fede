package io.sluice.testsupport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test class: the named shared parts run before its first test, started side by side; constructors and methods
 * may take {@link KafkaPart}, {@link PostgresPart} and {@link RegistryPart} as parameters.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealPartsExtension.class)
public @interface RealParts {
    /** The parts that the class needs. */
    Part[] value() default {Part.KAFKA, Part.POSTGRES, Part.REGISTRY};

    /** The parts there are. */
    enum Part {
        /** A Kafka broker. */
        KAFKA,
        /** A PostgreSQL server. */
        POSTGRES,
        /** An Apicurio Registry. */
        REGISTRY
    }
}
