package com.misybot.tenancy.web.idempotency;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.web.Waiting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Turns answers into what is kept of them, and back. A {@link OneTimeSecret} is never kept. */
final class KeptAnswers {

    static final String REPLAYED = "Idempotency-Replayed";

    private static final Set<String> KEPT_HEADERS =
            Set.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, Waiting.APPLIED, HttpHeaders.RETRY_AFTER);
    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    /** An answer as it is kept. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(int status, String headers, byte[] body) {}

    private final JsonMapper json;

    KeptAnswers(JsonMapper json) {
        this.json = json.rebuild()
                .addModule(new SimpleModule("withheld").addSerializer(OneTimeSecret.class, new Withheld()))
                .build();
    }

    Kept keep(ResponseEntity<?> answer) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var name : KEPT_HEADERS) {
            var values = answer.getHeaders().get(name);
            if (values != null) {
                headers.put(name, values);
            }
        }
        var body = answer.getBody() == null ? new byte[0] : json.writeValueAsBytes(answer.getBody());
        return new Kept(answer.getStatusCode().value(), json.writeValueAsString(headers), body);
    }

    ResponseEntity<?> replay(Kept kept) {
        var answer = ResponseEntity.status(kept.status).header(REPLAYED, "true");
        json.readValue(kept.headers, HEADERS)
                .forEach((name, values) -> answer.header(name, values.toArray(String[]::new)));
        return kept.body.length == 0
                ? answer.build()
                : answer.contentType(MediaType.APPLICATION_JSON).body(kept.body);
    }

    /** Writes null, and beside it that there was a secret. */
    private static final class Withheld extends ValueSerializer<OneTimeSecret> {

        @Override
        public void serialize(OneTimeSecret secret, JsonGenerator generator, SerializationContext context) {
            generator.writeNull();
            if (generator.streamWriteContext().inObject()) {
                generator.writeName("secretWithheld");
                generator.writeBoolean(true);
            }
        }
    }
}
