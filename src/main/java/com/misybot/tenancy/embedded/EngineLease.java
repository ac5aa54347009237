package com.misybot.tenancy.embedded;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;

/** The use of running engines by one application; its end may be the end of the engines. */
final class EngineLease implements DisposableBean {

    private final DataDirectory data;
    private final List<String> names;
    private final Map<String, String> properties;
    private final Consumer<EngineLease> end;

    EngineLease(DataDirectory data, List<String> names, Map<String, String> properties, Consumer<EngineLease> end) {
        this.data = data;
        this.names = names;
        this.properties = Map.copyOf(properties);
        this.end = end;
    }

    DataDirectory data() {
        return data;
    }

    List<String> names() {
        return names;
    }

    Map<String, String> properties() {
        return properties;
    }

    @Override
    public void destroy() {
        end.accept(this);
    }
}
