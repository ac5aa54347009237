package com.misybot.tenancy.web.json;

import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.PlainBody;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RawBody;
import com.misybot.tenancy.web.WebProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.AbstractJacksonHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Bounds and checks every JSON body before it is bound, and keeps its bytes for the fingerprint of the request. */
@ControllerAdvice
final class BodyReading extends RequestBodyAdviceAdapter {

    private final Map<Integer, JsonGuard> guards = new ConcurrentHashMap<>();

    @Override
    public boolean supports(
            MethodParameter parameter, Type targetType, Class<? extends HttpMessageConverter<?>> converter) {
        return AbstractJacksonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type targetType,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        var headers = message.getHeaders();
        PlainBody.require(headers.getFirst(HttpHeaders.CONTENT_ENCODING), headers.getContentType());
        var limit = parameter.getMethodAnnotation(BodyLimit.class);
        var bytes = read(message, limit == null ? BodyLimit.DEFAULT_BYTES : limit.bytes());
        var nesting = limit == null ? BodyLimit.DEFAULT_NESTING : limit.nesting();
        guards.computeIfAbsent(nesting, JsonGuard::withNesting).check(bytes);
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
            RawBody.keep(request.getRequest(), bytes);
        }
        return new ReadBody(message.getHeaders(), bytes);
    }

    private static byte[] read(HttpInputMessage message, int limit) throws IOException {
        if (message.getHeaders().getContentLength() > limit) {
            throw tooLarge(limit);
        }
        var bytes = message.getBody().readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static ProblemException tooLarge(int limit) {
        return Problem.of(
                        WebProblem.BODY_TOO_LARGE,
                        "The body may have " + limit
                                + " bytes here: send less, in more requests where it is many things.")
                .withHeader(HttpHeaders.CONNECTION, "close")
                .asException();
    }

    private record ReadBody(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        ReadBody(HttpHeaders headers, byte[] bytes) {
            this(headers, new ByteArrayInputStream(bytes));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }
}
