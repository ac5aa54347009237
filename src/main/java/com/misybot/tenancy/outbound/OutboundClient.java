package com.misybot.tenancy.outbound;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.outbound.OutboundAnswer.Answered;
import com.misybot.tenancy.outbound.OutboundAnswer.Failed;
import com.misybot.tenancy.outbound.OutboundAnswer.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Calls URLs that tenants have supplied. The name is resolved once, every address of it is checked against the ranges that are not
 * public, and the connection goes to one of those checked; a later call on the same connection asks nobody. Redirects are not
 * followed, nothing is repeated, no proxy of the environment is used, cookies and compression are off.
 *
 * <p>Safe for use by many threads. A call occupies its thread, which should be a virtual one.
 */
public final class OutboundClient implements AutoCloseable {

    /** How much of an answer is read before the connection is cut, in bytes. */
    static final int MOST_BODY = 16 * 1_024;

    private static final int MOST_RETRY_AFTER = 64;

    private final AddressRules rules;
    private final NameLookup names;
    private final CloseableHttpClient secure;
    private final CloseableHttpClient plain;
    private final ScheduledThreadPoolExecutor deadlines;

    OutboundClient(AddressRules rules, NameLookup names, Connections connections) {
        this.rules = rules;
        this.names = names;
        this.secure = connections.client(new CheckedAddresses(names, rules::allow));
        this.plain = connections.client(new CheckedAddresses(names, rules::opens));
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * Refuses a URL that could never be called, before anybody is asked: by scheme, port, or an address in place of a name.
     *
     * @throws InvalidValue {@code url_scheme}, {@code url_port}, {@code host_ip_literal}
     */
    public void requireAcceptable(OutboundUrl url) {
        if (!url.isSecure() && !rules.allowPort(url.port(), false)) {
            throw new InvalidValue("url_scheme", "A URL begins with https://.");
        }
        if (!rules.allowPort(url.port(), url.isSecure())) {
            throw new InvalidValue("url_port", "A URL names the port 443, or one from 1024 on.");
        }
        if (url.isAddress() && !rules.opens(InetAddress.ofLiteral(url.host()), url.port())) {
            throw new InvalidValue("host_ip_literal", "A host is given by its name, not by an IP address or a number.");
        }
    }

    /**
     * Whether the URL leads to addresses that are called, as its name is resolved now. Says no more than that: who could tell an
     * unknown name from a refused address could ask for the names of our own network.
     */
    public boolean leadsSomewhere(OutboundUrl url) {
        try {
            return !new CheckedAddresses(names, url.isSecure() ? rules::allow : rules::opens)
                    .resolve(url.host(), url.port())
                    .isEmpty();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /**
     * Sends a body of JSON.
     *
     * @param headers beside those of the body and the host
     * @param limit how long it may take altogether, until the end of the answer
     */
    public OutboundAnswer post(OutboundUrl url, Map<String, String> headers, byte[] body, Duration limit) {
        return post(url, headers, body, limit, () -> {});
    }

    /**
     * Sends a body of JSON like {@link #post(OutboundUrl, Map, byte[], Duration)}.
     *
     * @param left run once the whole request has been handed to the network; not at all where it never is. Who sends one after the
     *     other waits for it
     */
    public OutboundAnswer post(
            OutboundUrl url, Map<String, String> headers, byte[] body, Duration limit, Runnable left) {
        var request = new HttpPost(url.uri());
        headers.forEach(request::setHeader);
        request.setEntity(new Body(body, left));
        return call(url, request, limit, _ -> {});
    }

    /**
     * Asks for a small text, and hands over the beginning of the answer's body.
     *
     * @param most bytes that are read; {@code body} is told one more where there are more, and the connection is cut
     * @param limit how long it may take altogether, until the end of the answer
     * @param body told what was read of an answer that came in time; not at all where none did
     */
    public OutboundAnswer get(OutboundUrl url, int most, Duration limit, Consumer<byte[]> body) {
        if (most > MOST_BODY) {
            throw new IllegalArgumentException("At most " + MOST_BODY + " bytes of an answer are read");
        }
        return call(
                url,
                new HttpGet(url.uri()),
                limit,
                read -> body.accept(Arrays.copyOf(read, Math.min(read.length, most + 1))));
    }

    private OutboundAnswer call(OutboundUrl url, HttpUriRequestBase request, Duration limit, Consumer<byte[]> body) {
        var late = new AtomicBoolean();
        var deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        var began = System.nanoTime();
        try {
            return (url.isSecure() ? secure : plain).execute(request, answer -> read(request, answer, began, body));
        } catch (IOException | RuntimeException failure) {
            return new Failed(late.get() ? Reason.TIMEOUT : reason(failure), since(began));
        } finally {
            deadline.cancel(false);
        }
    }

    /** JSON that says when it has left. */
    private static final class Body extends HttpEntityWrapper {

        private final Runnable left;

        Body(byte[] json, Runnable left) {
            super(new ByteArrayEntity(json, ContentType.create("application/json")));
            this.left = left;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            super.writeTo(out);
            out.flush();
            left.run();
        }
    }

    /** Reads so much as lets the connection be used again, and cuts it where there is more. */
    private static Answered read(
            HttpUriRequestBase request, ClassicHttpResponse answer, long began, Consumer<byte[]> body)
            throws IOException {
        var retryAfter = answer.getFirstHeader("Retry-After");
        var entity = answer.getEntity();
        var read = entity == null || entity.getContent() == null
                ? new byte[0]
                : entity.getContent().readNBytes(MOST_BODY + 1);
        if (read.length > MOST_BODY) {
            request.abort();
        }
        body.accept(read);
        return new Answered(
                answer.getCode(),
                retryAfter == null || retryAfter.getValue().length() > MOST_RETRY_AFTER ? null : retryAfter.getValue(),
                since(began));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Reason reason(Exception failure) {
        return switch (failure) {
            case UnknownHostException _ -> Reason.UNREACHABLE;
            case HttpHostConnectException _ -> Reason.CONNECT;
            case ConnectTimeoutException _ -> Reason.CONNECT;
            case ConnectException _ -> Reason.CONNECT;
            case NoRouteToHostException _ -> Reason.CONNECT;
            case SSLException _ -> Reason.TLS;
            case SocketTimeoutException _ -> Reason.TIMEOUT;
            default -> Reason.BROKEN;
        };
    }

    @Override
    public void close() {
        secure.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
        plain.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
        deadlines.shutdownNow();
        names.close();
    }
}
