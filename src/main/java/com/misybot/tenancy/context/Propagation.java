package com.misybot.tenancy.context;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Says in the answer to a change whether every instance will know of it: {@code Misy-Propagation: done} or {@code pending}. */
final class Propagation {

    /** The header. */
    static final String HEADER = "Misy-Propagation";

    private Propagation() {}

    /**
     * Says it where a request is being answered.
     *
     * @param done whether Redis has it; two changes of one request are done when both are
     */
    static void tell(boolean done) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            var response = attributes.getResponse();
            if (response != null && !response.isCommitted() && !"pending".equals(response.getHeader(HEADER))) {
                response.setHeader(HEADER, done ? "done" : "pending");
            }
        }
    }
}
