package io.sluice.mapping.engine.liquid;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import liqp.LValue;
import liqp.PlainBigDecimal;
import liqp.TemplateContext;
import liqp.filters.Filter;

/** The filters that calculate, in exact decimals; liqp's go through doubles (MAP-13). */
final class ArithmeticFilters {
    private static final MathContext QUOTIENT = MathContext.DECIMAL128;

    private ArithmeticFilters() {}

    /** A number, and whether it is written as a whole one: whole numbers stay whole, as in Ruby. */
    private record Number(BigDecimal value, boolean whole) {

        /** What is no number counts as zero, as in Liquid. */
        static Number of(Object any) {
            String text = any == null ? "0" : any.toString().strip();
            try {
                Object number = LiquidValues.number(text);
                BigDecimal value = new BigDecimal(number.toString());
                return new Number(
                        value,
                        text.indexOf('.') < 0 && value.stripTrailingZeros().scale() <= 0);
            } catch (NumberFormatException noNumber) {
                return new Number(BigDecimal.ZERO, true);
            }
        }

        static Object result(BigDecimal value, boolean whole) {
            RenderBudget.checked(value);
            if (!whole) {
                return new PlainBigDecimal(LValue.asFormattedNumber(value));
            }
            return LiquidValues.number(value.setScale(0, RoundingMode.FLOOR).toPlainString());
        }
    }

    @FunctionalInterface
    private interface Operation {
        BigDecimal apply(Number a, Number b);
    }

    /** All of them. */
    static List<Filter> all() {
        return List.of(
                binary("plus", (a, b) -> a.value().add(b.value())),
                binary("minus", (a, b) -> a.value().subtract(b.value())),
                binary("times", (a, b) -> a.value().multiply(b.value())),
                binary("divided_by", ArithmeticFilters::divide),
                binary("modulo", ArithmeticFilters::modulo),
                binary("at_least", (a, b) -> a.value().max(b.value())),
                binary("at_most", (a, b) -> a.value().min(b.value())),
                unary("abs", BigDecimal::abs, false),
                unary("ceil", value -> value.setScale(0, RoundingMode.CEILING), true),
                unary("floor", value -> value.setScale(0, RoundingMode.FLOOR), true),
                round());
    }

    private static BigDecimal divide(Number a, Number b) {
        if (b.value().signum() == 0) {
            throw new RenderStop("a number is divided by zero");
        }
        return a.whole() && b.whole()
                ? new BigDecimal(floorDivision(a.value(), b.value()))
                : a.value().divide(b.value(), QUOTIENT);
    }

    private static java.math.BigInteger floorDivision(BigDecimal a, BigDecimal b) {
        return a.divide(b, 0, RoundingMode.FLOOR).toBigInteger();
    }

    private static BigDecimal modulo(Number a, Number b) {
        if (b.value().signum() == 0) {
            throw new RenderStop("a number is divided by zero");
        }
        BigDecimal times = new BigDecimal(floorDivision(a.value(), b.value()));
        return a.value().subtract(times.multiply(b.value()));
    }

    private static Filter binary(String name, Operation operation) {
        return new Filter(name) {
            @Override
            public Object apply(Object value, TemplateContext context, Object... params) {
                Number a = Number.of(value);
                Number b = Number.of(get(0, params));
                return Number.result(operation.apply(a, b), a.whole() && b.whole());
            }
        };
    }

    private static Filter unary(String name, java.util.function.UnaryOperator<BigDecimal> operation, boolean whole) {
        return new Filter(name) {
            @Override
            public Object apply(Object value, TemplateContext context, Object... params) {
                Number number = Number.of(value);
                return Number.result(operation.apply(number.value()), whole || number.whole());
            }
        };
    }

    private static Filter round() {
        return new Filter("round") {
            @Override
            public Object apply(Object value, TemplateContext context, Object... params) {
                int digits = params.length == 0
                        ? 0
                        : Number.of(params[0])
                                .value()
                                .min(BigDecimal.valueOf(1_000))
                                .intValue();
                BigDecimal rounded = Number.of(value).value().setScale(Math.max(0, digits), RoundingMode.HALF_UP);
                return Number.result(rounded, digits <= 0);
            }
        };
    }
}
