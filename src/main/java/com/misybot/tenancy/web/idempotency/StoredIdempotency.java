package com.misybot.tenancy.web.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/** Keeps answers in {@code idempotency_record}. */
final class StoredIdempotency implements Idempotency {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ScopedTransactions transactions;
    private final IdempotencyRecords records;
    private final KeptAnswers answers;
    private final MacKey fingerprints;

    /** Requests that this instance is answering; those of others are told by the lock in the database. */
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    StoredIdempotency(
            ScopedTransactions transactions, IdempotencyRecords records, KeptAnswers answers, Keyring keyring) {
        this.transactions = transactions;
        this.records = records;
        this.answers = answers;
        this.fingerprints = keyring.macKey(Keyring.Purpose.FINGERPRINT);
    }

    @Override
    public ResponseEntity<?> once(IdempotencyKey key, Scope scope, Supplier<? extends ResponseEntity<?>> effect) {
        var request = key.request();
        if (request == null) {
            return transactions.change(scope, () -> (ResponseEntity<?>) effect.get());
        }
        var fingerprint = fingerprints.mac("body".getBytes(UTF_8), key.body());
        var number = ByteBuffer.wrap(request).getLong();
        requireFirst(running.add(number));
        try {
            return transactions.change(
                    scope,
                    () -> requireFirst(records.tryLock(number)),
                    () -> replayOrRun(scope, request, fingerprint, effect));
        } finally {
            running.remove(number);
        }
    }

    /** Before the turn and the lock of the tenant, which a duplicate would wait for instead of being told. */
    private static void requireFirst(boolean isFirst) {
        if (!isFirst) {
            throw Problem.of(
                            WebProblem.IDEMPOTENCY_IN_PROGRESS,
                            "The request with this Idempotency-Key has not been answered yet: repeat it in a moment.")
                    .retryAfter(RETRY)
                    .asException();
        }
    }

    private ResponseEntity<?> replayOrRun(
            Scope scope, byte[] request, byte[] fingerprint, Supplier<? extends ResponseEntity<?>> effect) {
        var kept = records.find(scope, request);
        if (kept != null) {
            return replay(kept, fingerprint);
        }
        var answer = effect.get();
        if (answer.getStatusCode().is2xxSuccessful()) {
            records.keep(scope, request, fingerprint, answers.keep(answer));
        }
        return answer;
    }

    private ResponseEntity<?> replay(IdempotencyRecords.Kept kept, byte[] fingerprint) {
        if (!MessageDigest.isEqual(kept.fingerprint(), fingerprint)) {
            throw new ProblemException(
                    WebProblem.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used with another body: take a new key for a new request.");
        }
        return answers.replay(kept.answer());
    }
}
