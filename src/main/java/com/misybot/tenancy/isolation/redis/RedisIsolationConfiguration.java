package com.misybot.tenancy.isolation.redis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The way to the same Redis that serves requests, by another account. */
@Configuration(proxyBeanMethods = false)
class RedisIsolationConfiguration {

    @Bean
    AdminRedis adminRedis(ObjectProvider<LettuceConnectionFactory> serving, RedisIsolationSettings settings) {
        var present = serving.getIfAvailable();
        return new AdminRedis(present == null ? null : administering(present, settings.admin()), settings.acl());
    }

    @Bean
    RedisAccounts redisAccounts(ObjectProvider<LettuceConnectionFactory> serving) {
        return (username, password) -> new AdminRedis(
                administering(serving.getObject(), new RedisIsolationSettings.Admin(username, password)), true);
    }

    private static LettuceConnectionFactory administering(
            LettuceConnectionFactory serving, RedisIsolationSettings.Admin admin) {
        var factory = new LettuceConnectionFactory(address(serving, admin), serving.getClientConfiguration());
        factory.setEarlyStartup(false);
        factory.afterPropertiesSet();
        return factory;
    }

    private static RedisConfiguration address(LettuceConnectionFactory serving, RedisIsolationSettings.Admin admin) {
        var cluster = serving.getClusterConfiguration();
        if (cluster != null) {
            var copy = new RedisClusterConfiguration();
            cluster.getClusterNodes().forEach(copy::addClusterNode);
            copy.setUsername(username(admin, cluster.getUsername()));
            copy.setPassword(password(admin, cluster.getPassword()));
            return copy;
        }
        var sentinel = serving.getSentinelConfiguration();
        if (sentinel != null) {
            var copy = new RedisSentinelConfiguration();
            copy.setMaster(Objects.requireNonNull(sentinel.getMaster()));
            sentinel.getSentinels().forEach(copy::addSentinel);
            copy.setSentinelUsername(sentinel.getSentinelUsername());
            copy.setSentinelPassword(sentinel.getSentinelPassword());
            copy.setDatabase(sentinel.getDatabase());
            copy.setUsername(username(admin, sentinel.getUsername()));
            copy.setPassword(password(admin, sentinel.getPassword()));
            return copy;
        }
        var one = serving.getStandaloneConfiguration();
        var copy = new RedisStandaloneConfiguration(one.getHostName(), one.getPort());
        copy.setDatabase(one.getDatabase());
        copy.setUsername(username(admin, one.getUsername()));
        copy.setPassword(password(admin, one.getPassword()));
        return copy;
    }

    private static @Nullable String username(RedisIsolationSettings.Admin admin, @Nullable String serving) {
        return admin.password() == null ? serving : admin.username();
    }

    private static RedisPassword password(RedisIsolationSettings.Admin admin, RedisPassword serving) {
        return admin.password() == null ? serving : RedisPassword.of(admin.password());
    }
}
