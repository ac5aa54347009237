package com.misybot.tenancy.isolation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** A Redis that lets nobody make users: it is said, and nothing else depends on it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "tenancy.isolation.redis.acl=off")
@TestConstructor(autowireMode = AutowireMode.ALL)
class RedisAclOffTests {

    private final Api api;
    private final String redis;
    private final java.net.URI serving;

    RedisAclOffTests(ApplicationContext context, Environment environment) {

        this.api = Api.operator(context);
        this.redis = Namespace.administrator(environment);
        this.serving = java.net.URI.create(environment.getRequiredProperty("spring.data.redis.url"));
    }

    @Test
    void saysSoAndIssuesNothing() {
        assertThat(api.get("/isolation/status").text("/redisAcl")).isEqualTo("OFF");

        var refused = api.post(Namespace.registered(api, redis).credentials(), "{}");

        assertThat(refused.status()).isEqualTo(501);
        assertThat(refused.text("/code")).isEqualTo("redis_acl_off");
    }

    @Test
    void emptiesANamespaceAllTheSame() {
        var tenant = Namespace.registered(api, redis);
        try (var administrator = tenant.administrator()) {
            administrator.commands().set(tenant.key("k"), "x");

            var started = api.post(tenant.path() + "/redis/empty", "{\"reason\":\"begin again\"}");
            var operation = api.get(started.header("Location").substring("/api/v1".length()), "Prefer", "wait=30");

            assertThat(operation.text("/status")).as(operation.toString()).isEqualTo("SUCCEEDED");
            assertThat(operation.json().at("/result/closed").asBoolean()).isFalse();
            assertThat(administrator.commands().exists(tenant.key("k"))).isZero();
        }
    }

    /** As where a managed Redis gives its customers no such command. */
    @Test
    void findsOutByItself() {
        var server = new RedisStandaloneConfiguration(serving.getHost(), serving.getPort());
        var login = serving.getUserInfo().split(":", 2);
        server.setUsername(login[0]);
        server.setPassword(login[1]);
        var factory = new LettuceConnectionFactory(server, LettuceClientConfiguration.defaultConfiguration());
        factory.setEarlyStartup(false);
        factory.afterPropertiesSet();
        var admin = new AdminRedis(factory, true);
        admin.start();
        try {
            assertThat(admin.state()).isEqualTo(AclState.FORBIDDEN);
        } finally {
            admin.stop();
        }
    }
}
