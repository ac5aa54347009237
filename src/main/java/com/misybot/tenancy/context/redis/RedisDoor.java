package com.misybot.tenancy.context.redis;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one door to Redis. Every call ends within {@code tenancy.context.redis.timeout}; when calls keep failing the door stays
 * shut for a second, and nobody waits at all. Nothing queues: what cannot be sent now is refused now.
 */
public final class RedisDoor {

    private final @Nullable RedisLink link;
    private final CircuitBreaker circuit;
    private final long timeoutNanos;
    private final RedisTimers timers;

    RedisDoor(@Nullable RedisLink link, CircuitBreaker circuit, Duration timeout, RedisTimers timers) {
        this.link = link;
        this.circuit = circuit;
        this.timeoutNanos = timeout.toNanos();
        this.timers = timers;
    }

    /** Whether there is a Redis at all. */
    public boolean isConfigured() {
        return link != null;
    }

    /** Whether calls are let through for now. */
    public boolean isOpen() {
        return link != null && circuit.getState() != CircuitBreaker.State.OPEN;
    }

    /**
     * Asks Redis one thing.
     *
     * @throws RedisAwayException where it does not answer in time or answers with an error
     */
    public <T extends @Nullable Object> T call(
            Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command) {
        return timed(() -> wait(command.apply(commands()), System.nanoTime() + timeoutNanos));
    }

    /** What Redis answered, and what came of the work that was done meanwhile. */
    public record Both<T extends @Nullable Object, M extends @Nullable Object>(T answer, M other) {}

    /**
     * Asks Redis one thing and does other work while it answers.
     *
     * @throws RedisAwayException where it does not answer in time or answers with an error
     */
    public <T extends @Nullable Object, M extends @Nullable Object> Both<T, M> callBeside(
            Function<RedisClusterAsyncCommands<String, String>, ? extends Future<T>> command, Supplier<M> work) {
        return timed(() -> {
            var future = command.apply(commands());
            var end = System.nanoTime() + timeoutNanos;
            M other;
            try {
                other = work.get();
            } catch (RuntimeException e) {
                circuit.releasePermission();
                throw e;
            }
            return new Both<>(wait(future, end), other);
        });
    }

    /** Asks Redis several things at once; the answers come in the same order, in the time of one call. */
    public <T extends @Nullable Object> List<T> callAll(
            Function<RedisClusterAsyncCommands<String, String>, List<RedisFuture<T>>> commands) {
        return timed(() -> {
            var futures = commands.apply(commands());
            var end = System.nanoTime() + timeoutNanos;
            var answers = new ArrayList<T>(futures.size());
            for (var future : futures) {
                answers.add(wait(future, end));
            }
            return answers;
        });
    }

    /**
     * Asks Redis for the same thing of several keys at once. A key of another kind costs the others nothing.
     *
     * @param ofAnotherKind the answer for a key that holds something of another kind
     * @throws RedisAwayException where Redis does not answer in time or answers with another error
     */
    public <T extends @Nullable Object> List<T> callAll(
            Function<RedisClusterAsyncCommands<String, String>, List<RedisFuture<T>>> commands, T ofAnotherKind) {
        return timed(() -> {
            var futures = commands.apply(commands());
            var end = System.nanoTime() + timeoutNanos;
            var answers = new ArrayList<T>(futures.size());
            for (var future : futures) {
                answers.add(wait(future, end, ofAnotherKind));
            }
            return answers;
        });
    }

    /** Runs a script; sends its text only where Redis does not know it. */
    public <T> T script(RedisScript<T> script, RedisScript.Call call) {
        return scripts(script, List.of(call)).getFirst();
    }

    /** Runs a script several times at once; the answers come in the same order, in the time of one call. */
    public <T> List<T> scripts(RedisScript<T> script, List<RedisScript.Call> calls) {
        return scripts(script, calls, _ -> List.of());
    }

    /**
     * Runs a script several times and tells Redis other things before it, in the time of one call.
     *
     * @param before what it is told; has to be answered as well
     * @throws RedisAwayException where Redis does not answer in time or answers with an error
     */
    public <T> List<T> scripts(
            RedisScript<T> script,
            List<RedisScript.Call> calls,
            Function<RedisClusterAsyncCommands<String, String>, ? extends List<? extends Future<?>>> before) {
        return timed(() -> {
            var commands = commands();
            var end = System.nanoTime() + timeoutNanos;
            var told = before.apply(commands);
            var answers = all(commands, script, calls, end);
            for (var one : told) {
                wait(one, end);
            }
            return answers;
        });
    }

    private static <T> List<T> all(
            RedisClusterAsyncCommands<String, String> commands,
            RedisScript<T> script,
            List<RedisScript.Call> calls,
            long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return known(commands, script, calls, end);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisNoScriptException) {
                wait(commands.scriptLoad(script.source()), end);
                return known(commands, script, calls, end);
            }
            throw e;
        }
    }

    private static <T> List<T> known(
            RedisClusterAsyncCommands<String, String> commands,
            RedisScript<T> script,
            List<RedisScript.Call> calls,
            long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        var futures = new ArrayList<RedisFuture<Object>>(calls.size());
        for (var call : calls) {
            futures.add(commands.evalsha(
                    script.sha(),
                    script.output(),
                    call.keys().toArray(String[]::new),
                    call.arguments().toArray(String[]::new)));
        }
        var answers = new ArrayList<T>(futures.size());
        for (var future : futures) {
            answers.add(script.reading().apply(wait(future, end)));
        }
        return answers;
    }

    /** Sends something whose answer nobody waits for, if the door is open; a failure is nobody's loss. */
    public void send(Function<RedisClusterAsyncCommands<String, String>, RedisFuture<?>> command) {
        var open = link;
        if (open != null && isOpen()) {
            var commands = open.commandsIfConnected();
            if (commands != null) {
                var _ = command.apply(commands);
            }
        }
    }

    private interface Attempt<T extends @Nullable Object> {
        T run() throws ExecutionException, InterruptedException, TimeoutException;
    }

    private <T extends @Nullable Object> T timed(Attempt<T> attempt) {
        try {
            circuit.acquirePermission();
        } catch (CallNotPermittedException _) {
            throw new RedisAwayException("Redis has been away and is asked again soon");
        }
        var began = System.nanoTime();
        try {
            var answer = attempt.run();
            answered(began);
            return answer;
        } catch (ExecutionException e) {
            throw failed(began, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | CancellationException | io.lettuce.core.RedisException e) {
            throw failed(began, e);
        } catch (RedisAwayException e) {
            unanswered(began, e);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            circuit.releasePermission();
            throw new RedisAwayException(e);
        }
    }

    private RedisAwayException failed(long began, Throwable e) {
        if (RedisAwayException.isOfAnotherKind(e)) {
            answered(began); // with an error, but it did
        } else {
            unanswered(began, e);
        }
        return new RedisAwayException(e);
    }

    private void answered(long began) {
        var nanos = System.nanoTime() - began;
        circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
        timers.answered(nanos);
    }

    private void unanswered(long began, Throwable e) {
        var nanos = System.nanoTime() - began;
        circuit.onError(nanos, TimeUnit.NANOSECONDS, e);
        timers.failed(nanos);
    }

    private RedisClusterAsyncCommands<String, String> commands() {
        var commands = link == null ? null : link.commandsIfConnected();
        if (commands == null) {
            throw new RedisAwayException("There is no connection to Redis");
        }
        return commands;
    }

    private static <T extends @Nullable Object> T wait(Future<T> future, long end, T ofAnotherKind)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return wait(future, end);
        } catch (ExecutionException e) {
            if (RedisAwayException.isOfAnotherKind(e.getCause())) {
                return ofAnotherKind;
            }
            throw e;
        }
    }

    private static <T extends @Nullable Object> T wait(Future<T> future, long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
