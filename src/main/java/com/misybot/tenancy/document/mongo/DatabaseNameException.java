package com.misybot.tenancy.document.mongo;

import com.misybot.tenancy.kernel.InvalidConfigurationException;

/** The names of collections have no room beside that of the database. The service does not start. */
final class DatabaseNameException extends InvalidConfigurationException {

    private static final long serialVersionUID = 1L;

    DatabaseNameException() {
        super("The database of MongoDB has a name of more than 35 bytes: set a shorter one in spring.mongodb.database");
    }
}
