package com.misybot.tenancy.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says what is wrong with the stores in the sentence of the exception, without a stack trace. */
final class StoreFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingStoreException || cause instanceof EngineException) {
                return new FailureAnalysis(sentence(cause), null, cause);
            }
        }
        return null;
    }

    private static @Nullable String sentence(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? failure.getMessage() : failure.getMessage() + " (" + cause.getMessage() + ")";
    }
}
