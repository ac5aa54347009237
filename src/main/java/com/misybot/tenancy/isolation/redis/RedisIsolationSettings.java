package com.misybot.tenancy.isolation.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Users of Redis for single tenants.
 *
 * @param acl {@code off} where this Redis lets nobody make users, as some managed ones do: there are no credentials for tenants then, and
 *     the isolation status says so
 * @param admin the account that makes them; by default the one of {@code spring.data.redis}
 * @param interval how often every user of a tenant is compared with what it has to be; after a restart of Redis it happens at once
 */
@ConfigurationProperties("tenancy.isolation.redis")
record RedisIsolationSettings(
        @DefaultValue("true") boolean acl,
        @DefaultValue Admin admin,
        @DefaultValue("1m") Duration interval) {

    /**
     * A login of the service.
     *
     * @param username name of the user of Redis
     * @param password its password
     */
    record Admin(@Nullable String username, @Nullable String password) {

        @Override
        public String toString() {
            return "Admin[username=" + username + "]";
        }
    }
}
