package com.misybot.tenancy.tenant.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.kernel.InvalidValue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects a value to be refused under a code. */
final class Refusals {

    private Refusals() {}

    static void refuses(ThrowingCallable making, String code) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(making).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.getMessage()).endsWith(".");
        });
    }
}
