package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.DocumentId;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.util.Objects;
import java.util.function.Function;

/** Names in paths. What nothing can be called does not exist; who would call something so is told what is accepted. */
final class Names {

    private Names() {}

    /** The name of a collection that must exist: 404 where none can have it. */
    static CollectionName existing(String name) {
        try {
            return new CollectionName(name);
        } catch (InvalidValue _) {
            throw DocumentProblem.unknownCollection();
        }
    }

    /** The id of a document that must exist: 404 where none can have it. */
    static DocumentId existingId(String id) {
        try {
            return new DocumentId(id);
        } catch (InvalidValue _) {
            throw DocumentProblem.unknownDocument();
        }
    }

    /** A name for something new: 400 where it is none. */
    static <T> T sent(String text, String parameter, Function<String, T> type) {
        try {
            return type.apply(text);
        } catch (InvalidValue e) {
            throw ProblemException.invalid(
                    FieldError.path(parameter, e.code(), Objects.requireNonNull(e.getMessage())));
        }
    }
}
