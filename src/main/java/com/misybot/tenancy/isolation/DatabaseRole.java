package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;

/** The roles the service works as. The role follows the scope, not the caller. */
enum DatabaseRole {
    OWNER("tenancy_owner"),
    TENANT("tenancy_tenant"),
    PLATFORM("tenancy_platform"),
    KEEPER("tenancy_keeper");

    private final String defaultName;

    DatabaseRole(String defaultName) {
        this.defaultName = defaultName;
    }

    static DatabaseRole of(Scope scope) {
        return switch (scope) {
            case Scope.Tenant tenant -> TENANT;
            case Scope.Shared.PLATFORM -> PLATFORM;
            case Scope.Shared.KEEPER -> KEEPER;
        };
    }

    String username(IsolationSettings settings) {
        var name = settings.login(this).username();
        return name == null ? defaultName : name;
    }

    String password(IsolationSettings settings) {
        var password = settings.login(this).password();
        if (password == null) {
            throw new IsolationException("No password is given for the database role " + username(settings) + ": set "
                    + "TENANCY_ISOLATION_" + name() + "_PASSWORD.");
        }
        return password;
    }
}
