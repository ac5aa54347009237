package com.misybot.tenancy.context.signed;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.keyring.SigningKeys;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rotation of signing keys before its time. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/signing-keys",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Signing keys", description = "Keys that signed contexts are verified with.")
class SigningKeyController {

    private final SigningKeys keys;
    private final Idempotency idempotency;

    SigningKeyController(SigningKeys keys, Idempotency idempotency) {
        this.keys = keys;
        this.idempotency = idempotency;
    }

    /** The answer of a replayed request is bytes, whatever its type says. */
    @SuppressWarnings("unchecked")
    @Access(scope = "apikeys:write", callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "rotateSigningKey",
            summary = "Rotate the signing key",
            description =
                    "Answers with the key that signs next. It is published for an hour first, so that every verifier"
                            + " knows it; where a successor is published already, it is that one.")
    @PostMapping(path = "/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SigningKeyResponse> rotate(
            IdempotencyKey key, Cause cause, @RequestBody(required = false) @Nullable RotateSigningKeyRequest body) {
        var why = body == null ? cause : Causes.with(cause, body.reason(), body.ticket());
        var atOnce = body != null && Boolean.TRUE.equals(body.atOnce());
        if (atOnce) {
            Causes.required(why);
        }
        return (ResponseEntity<SigningKeyResponse>) idempotency.once(key, Scope.platformRows(), () -> {
            var made = atOnce ? keys.replace(why) : keys.rotate(why);
            return ResponseEntity.ok(SigningKeyResponse.from(made));
        });
    }
}
