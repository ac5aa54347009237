package com.misybot.tenancy.security.access;

import com.misybot.tenancy.kernel.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted credential stands for.
 *
 * @param caller whom it is
 * @param authority all that it is trusted with
 * @param timeLeft how long the credential is accepted still, from when its check began; null for ever
 */
public record Accepted(
        Caller caller, Authority authority, @Nullable Duration timeLeft) {}
