package com.misybot.tenancy.isolation.redis;

/** Logs in to the Redis of the service by other accounts than its own. */
@FunctionalInterface
interface RedisAccounts {

    /** A way in by this account, to be started and stopped by who asks. */
    AdminRedis of(String username, String password);
}
