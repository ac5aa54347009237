package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Records what is refused to people without a credential: in the metric {@code tenancy.onboarding.refusals} by its code, and in the log
 * without what was sent. They are on no trail: else anybody could fill it.
 */
@Component
class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    ProblemException of(ProblemCode code, String detail) {
        return of(Problem.of(code, detail));
    }

    /** A refusal that one field of the body caused. */
    ProblemException of(ProblemCode code, String pointer, String detail) {
        return of(Problem.of(code, detail, List.of(new FieldError(pointer, code.code(), detail))));
    }

    ProblemException of(Problem problem) {
        count(problem.code().code());
        return problem.asException();
    }

    void count(String code) {
        LOG.info("An applicant was refused: {}", code);
        meters.counter("tenancy.onboarding.refusals", "code", code).increment();
    }
}
