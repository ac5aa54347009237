package com.misybot.tenancy.document.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.web.ProblemException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentsOffTests {

    private final MongoDoor door = new MongoDoor(null, CircuitBreaker.ofDefaults("none"), Duration.ofSeconds(1));

    @Test
    void thereAreNoDocumentsWithoutMongo() {
        for (var asked : java.util.List.<Runnable>of(door::requireOn, () -> door.call(_ -> true))) {
            assertThatThrownBy(asked::run).isInstanceOfSatisfying(ProblemException.class, refused -> {
                assertThat(refused.problem().code()).isEqualTo(DocumentProblem.DOCUMENTS_OFF);
                assertThat(refused.problem().code().status().value()).isEqualTo(501);
            });
        }
        assertThat(new MongoTenants(door).holding(UUID.randomUUID()).parts()).isEmpty();
    }
}
