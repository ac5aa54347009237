package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells whoever waits for an operation, or follows it, that it has changed: what this instance commits at once, what others
 * commit by one query for all watched operations each second. Nothing is asked while nobody watches. When the service stops
 * it lets everybody go before the web server waits for its requests.
 */
final class OperationWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OperationWatch.class);

    private final ScopedTransactions transactions;
    private final OperationStore store;
    private final Duration refreshInterval;
    private final Map<UUID, Topic> topics = new ConcurrentHashMap<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile boolean running = true;

    OperationWatch(ScopedTransactions transactions, OperationStore store, Duration refreshInterval) {
        this.transactions = transactions;
        this.store = store;
        this.refreshInterval = refreshInterval;
    }

    /** Begins to watch. What happened before is not told: read the operation after this. */
    Following follow(UUID id) {
        var topic = topics.compute(id, (_, present) -> (present == null ? new Topic() : present).joined());
        if (refreshing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("operation-refresh").start(this::refreshWhileWatched);
        }
        return new Watcher(id, topic);
    }

    /** Tells a committed change. */
    void changed(Operation operation) {
        var topic = topics.get(operation.id());
        if (topic != null) {
            topic.tell(operation);
        }
    }

    private void refreshWhileWatched() {
        do {
            try {
                while (running && !topics.isEmpty()) {
                    Thread.sleep(refreshInterval);
                    refresh();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                refreshing.set(false);
            }
        } while (running && !topics.isEmpty() && refreshing.compareAndSet(false, true));
    }

    private void refresh() {
        var versions = new HashMap<UUID, Long>();
        topics.forEach((id, topic) -> topic.awaited(id, versions));
        if (versions.isEmpty()) {
            return;
        }
        try {
            transactions
                    .read(Scope.platform(), () -> store.changedSince(versions))
                    .forEach(this::changed);
        } catch (RuntimeException unavailable) {
            LOG.warn("Changes of watched operations were not read: {}", unavailable.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        topics.values().forEach(Topic::wake);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops first of all. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    /** One watched operation. */
    private final class Topic {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition news = lock.newCondition();
        private int watchers;
        private @Nullable Operation newest;

        Topic joined() {
            watchers++;
            return this;
        }

        @Nullable
        Topic left() {
            watchers--;
            return watchers == 0 ? null : this;
        }

        void tell(Operation operation) {
            lock.lock();
            try {
                if (newest == null || operation.version() > newest.version()) {
                    newest = operation;
                    news.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        void wake() {
            lock.lock();
            try {
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void awaited(UUID id, Map<UUID, Long> versions) {
            lock.lock();
            try {
                if (newest == null || !newest.status().hasEnded()) {
                    versions.put(id, newest == null ? 0 : newest.version());
                }
            } finally {
                lock.unlock();
            }
        }

        @Nullable
        Operation next(long version, Duration atMost) throws InterruptedException {
            var left = atMost.toNanos();
            lock.lockInterruptibly();
            try {
                while (running && left > 0 && (newest == null || newest.version() <= version)) {
                    left = news.awaitNanos(left);
                }
                return newest == null || newest.version() <= version ? null : newest;
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Watcher implements Following {
        private final UUID id;
        private final Topic topic;
        private boolean closed;

        Watcher(UUID id, Topic topic) {
            this.id = id;
            this.topic = topic;
        }

        @Override
        public @Nullable Operation next(long version, Duration atMost) throws InterruptedException {
            return topic.next(version, atMost);
        }

        @Override
        public boolean isOver() {
            return !running;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                topics.computeIfPresent(id, (_, present) -> present.left());
            }
        }
    }
}
