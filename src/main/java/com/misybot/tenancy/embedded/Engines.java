package com.misybot.tenancy.embedded;

import java.nio.file.Files;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;

/**
 * The engines of one data directory. All contexts of this JVM share them, and so do all services of this machine that
 * name the same directory: the first to come starts them, the last to go stops them.
 */
final class Engines {

    private static final Map<DataDirectory, Engines> IN_USE = new HashMap<>();

    private final DataDirectory data;
    private final boolean durable;
    private final DataDirectoryLock lock;
    private final Map<EngineKind, Engine> running = new EnumMap<>(EngineKind.class);
    private final Set<EngineLease> leases = new HashSet<>();

    private Engines(DataDirectory data, boolean durable) {
        this.data = data;
        this.durable = durable;
        this.lock = new DataDirectoryLock(data);
    }

    /**
     * Starts those of the wanted engines that do not run yet. They run until the last lease is closed; engines that keep
     * nothing run until the end of the JVM, so that each test finds them as the one before.
     */
    static EngineLease lease(EmbeddedSettings settings, Collection<EngineKind> wanted) {
        if (Machine.isWindows()) {
            throw new EngineException("The embedded engines run on Linux and macOS: use WSL, or set "
                    + wanted.stream().map(EngineKind::variable).collect(Collectors.joining(", ")));
        }
        synchronized (IN_USE) {
            var data = DataDirectory.at(settings.dataDir());
            var engines = IN_USE.get(data);
            if (engines == null) {
                engines = new Engines(data, settings.durable());
                SpringApplication.getShutdownHandlers().add(engines::stop);
                IN_USE.put(data, engines);
            }
            return engines.lease(wanted);
        }
    }

    private EngineLease lease(Collection<EngineKind> wanted) {
        try {
            lock.exclusively(() -> start(wanted));
        } catch (RuntimeException e) {
            if (leases.isEmpty()) {
                stop();
            }
            throw e;
        }
        var properties = new LinkedHashMap<String, String>();
        wanted.forEach(kind -> properties.putAll(running(kind).properties()));
        var names = new EnumMap<EngineKind, String>(EngineKind.class);
        wanted.forEach(kind -> names.put(kind, running(kind).name()));
        var lease = new EngineLease(data, names, properties, this::end);
        leases.add(lease);
        return lease;
    }

    private Engine running(EngineKind kind) {
        var engine = running.get(kind);
        if (engine == null) {
            throw new IllegalStateException(kind + " does not run");
        }
        return engine;
    }

    private void start(Collection<EngineKind> wanted) {
        var alone = running.isEmpty() && lock.enter();
        if (alone && !durable) {
            throwAway();
        }
        for (var kind : wanted) {
            if (!running.containsKey(kind)) {
                var engine = kind.engine(data, durable);
                engine.start(alone);
                running.put(kind, engine);
            }
        }
    }

    /** Only what was made without durability: a setting must not be able to delete what somebody wanted to keep. */
    private void throwAway() {
        var marker = data.resolve("throwaway");
        var directories = List.of("postgresql", "redis", "mongodb");
        if (Files.exists(marker)) {
            List.of(EngineKind.values()).forEach(this::stop);
            directories.forEach(data::delete);
        } else if (directories.stream().map(data::resolve).noneMatch(Files::exists)) {
            data.createFile("throwaway");
        }
    }

    private void end(EngineLease lease) {
        synchronized (IN_USE) {
            leases.remove(lease);
            if (leases.isEmpty() && durable) {
                stop();
            }
        }
    }

    /** Stops the engines unless another service still uses them, those of this kind too that somebody else started. */
    private void stop() {
        synchronized (IN_USE) {
            if (IN_USE.remove(data, this)) {
                lock.exclusively(() -> {
                    var kinds = List.of(EngineKind.values()).reversed();
                    kinds.stream().map(running::get).filter(Objects::nonNull).forEach(Engine::leave);
                    if (lock.leave()) {
                        kinds.forEach(this::stop);
                    }
                });
            }
        }
    }

    private void stop(EngineKind kind) {
        var engine = running.get(kind);
        if (engine != null) {
            engine.stop();
        } else if (kind.isPresent()) {
            kind.engine(data, durable).stop();
        }
    }
}
