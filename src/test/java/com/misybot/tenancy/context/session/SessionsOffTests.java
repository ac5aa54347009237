package com.misybot.tenancy.context.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.context.redis.NoRedis;
import com.misybot.tenancy.keyring.Keyrings;
import com.misybot.tenancy.web.ProblemException;
import org.junit.jupiter.api.Test;

class SessionsOffTests {

    @Test
    void thereAreNoSessionsWithoutRedis() {
        var store = new SessionStore(NoRedis.door(), new SessionFormat(Keyrings.fixed()), NoRedis.foreignValues());
        assertThatThrownBy(store::requireOn).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(SessionProblem.SESSIONS_OFF);
            assertThat(refused.problem().code().status().value()).isEqualTo(501);
        });
    }
}
