# syntax=docker/dockerfile:1
# Misy Tenancy: docker build -t misy-tenancy .

# The runtime: the training below and the service must have the very same JVM, else the JVM does without the cache
FROM eclipse-temurin:25-jre AS runtime

# The jar, taken apart into what changes seldom and what changes often
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --quiet -DskipTests -Dexec.skip package \
    && cp target/tenancy-*.jar tenancy.jar \
    && java -Djarmode=tools -jar tenancy.jar extract --layers --destination layers

# One start against a PostgreSQL that lives as long as this step
FROM postgres:18 AS training
COPY --from=runtime /opt/java/openjdk /opt/java/openjdk
ENV PATH=/opt/java/openjdk/bin:$PATH \
    POSTGRES_DB=tenancy \
    POSTGRES_USER=postgres \
    POSTGRES_PASSWORD_FILE=/run/secrets/postgres-administrator \
    SPRING_CONFIG_IMPORT=configtree:/run/secrets/ \
    SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:5432/tenancy
COPY src/main/resources/db/roles.sql /docker/
COPY docker/roles.sh /docker-entrypoint-initdb.d/
COPY docker/secrets.sh docker/train.sh /docker/
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# The secrets of the step are in no layer: a tmpfs holds them
RUN --mount=type=tmpfs,target=/run/secrets \
    /docker/secrets.sh /run/secrets && chmod 755 /run/secrets \
    && (docker-entrypoint.sh postgres -c fsync=off >/tmp/postgres.log 2>&1 &) \
    && timeout 120 sh -c 'until pg_isready --quiet --host=127.0.0.1 --dbname=tenancy; do sleep 1; done' \
    && /docker/train.sh /app /tmp/tenancy.aot

FROM runtime
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY --from=training /tmp/tenancy.aot ./
COPY docker/healthcheck.sh /docker/
# with more arenas malloc keeps what many threads have given back
ENV MALLOC_ARENA_MAX=2
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["/docker/healthcheck.sh"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/tenancy.aot", "-XX:InitialRAMPercentage=70", "-XX:MaxRAMPercentage=70", \
    "-jar", "tenancy.jar"]
