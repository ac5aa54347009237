package com.misybot.tenancy.context.redis;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/** Redis did not answer in time, refused, or is not asked at all for the moment. Says nothing about what it holds. */
public final class RedisAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisAwayException(String message) {
        super(message, null, false, false);
    }

    RedisAwayException(Throwable cause) {
        super("Redis did not do what it was asked", cause, false, false);
    }

    /** Whether Redis is there and says that a key holds something of another kind than was asked for. */
    public boolean isOfAnotherKind() {
        return isOfAnotherKind(getCause());
    }

    static boolean isOfAnotherKind(@Nullable Throwable cause) {
        return cause instanceof RedisCommandExecutionException
                && cause.getMessage() != null
                && cause.getMessage().contains("WRONGTYPE");
    }
}
