package com.misybot.tenancy.embedded;

import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;

/** The use of running engines by one application; its end may be the end of the engines. */
final class EngineLease implements DisposableBean {

    private final DataDirectory data;
    private final Map<EngineKind, String> engines;
    private final Map<String, String> properties;
    private final Consumer<EngineLease> end;

    EngineLease(
            DataDirectory data,
            Map<EngineKind, String> engines,
            Map<String, String> properties,
            Consumer<EngineLease> end) {
        this.data = data;
        this.engines = engines;
        this.properties = Map.copyOf(properties);
        this.end = end;
    }

    DataDirectory data() {
        return data;
    }

    Map<EngineKind, String> engines() {
        return engines;
    }

    Map<String, String> properties() {
        return properties;
    }

    @Override
    public void destroy() {
        end.accept(this);
    }
}
