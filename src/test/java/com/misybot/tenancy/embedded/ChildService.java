package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** A service in a JVM of its own that starts the engines and nothing else, and can be killed. */
final class ChildService implements AutoCloseable {

    private final Process process;
    private final Map<String, String> properties;

    private ChildService(Process process, Map<String, String> properties) {
        this.process = process;
        this.properties = properties;
    }

    static ChildService start(Path data, String... arguments) throws Exception {
        var process = launch(Service.class, data, arguments);
        var told = CompletableFuture.supplyAsync(() -> listen(process));
        try {
            return new ChildService(process, told.get(90, TimeUnit.SECONDS));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Starts one that fails after the engines run, and waits for its end. */
    static int fail(Path data, Class<?> failing) throws Exception {
        var process = launch(failing, data);
        try {
            process.getInputStream().readAllBytes();
            return process.waitFor(90, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process launch(Class<?> main, Path data, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "--tenancy.embedded.data-dir=" + data,
                "--tenancy.embedded.durable=true"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Map<String, String> listen(Process process) {
        var told = new HashMap<String, String>();
        var said = new StringBuilder();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        try {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("TOLD ")) {
                    var parts = line.substring(5).split("=", 2);
                    told.put(parts[0], parts[1]);
                }
                if (line.equals("READY")) {
                    return told;
                }
            }
        } catch (IOException e) {
            said.append(e);
        }
        throw new IllegalStateException("It did not start: " + said);
    }

    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                property("spring.datasource.url"), "tenancy_owner", property("tenancy.isolation.owner.password"));
    }

    /** kill -9: nothing of it gets to run. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as SIGTERM does, and waits. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Unmarked, like its sisters: a scan of the test classes must not take them into other contexts. */
    @Import(Farewell.class)
    static class Service {

        public static void main(String[] arguments) throws InterruptedException {
            var context = new SpringApplicationBuilder(Service.class)
                    .web(WebApplicationType.NONE)
                    .run(arguments);
            for (var name : List.of(
                    "spring.datasource.url",
                    "spring.data.redis.url",
                    "spring.mongodb.uri",
                    "tenancy.keyring.root-file",
                    "tenancy.isolation.owner.password")) {
                System.out.println(
                        "TOLD " + name + "=" + context.getEnvironment().getProperty(name, ""));
            }
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }

    /** A bean that needs the engines to the last, as pools and schedulers do. */
    static class Farewell implements EnvironmentAware, DisposableBean {

        private Environment environment = new StandardEnvironment();

        @Override
        public void setEnvironment(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void destroy() throws SQLException {
            try (var connection = DriverManager.getConnection(
                            environment.getRequiredProperty("spring.datasource.url"),
                            "tenancy_owner",
                            environment.getRequiredProperty("tenancy.isolation.owner.password"));
                    var statement = connection.createStatement()) {
                statement.execute("create table if not exists farewell ()");
            }
        }
    }

    static class FailingInContext implements InitializingBean {

        public static void main(String[] arguments) {
            new SpringApplicationBuilder(FailingInContext.class)
                    .web(WebApplicationType.NONE)
                    .run(arguments);
        }

        @Override
        public void afterPropertiesSet() {
            throw new IllegalStateException("inside the context");
        }
    }

    static class FailingBeforeContext {

        public static void main(String[] arguments) {
            new SpringApplicationBuilder(FailingBeforeContext.class)
                    .web(WebApplicationType.NONE)
                    .initializers(_ -> {
                        throw new IllegalStateException("after the engines");
                    })
                    .run(arguments);
        }
    }
}
