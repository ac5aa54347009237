package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.Scope;

/** The roles the service works as. The role follows the scope, not the caller. */
enum DatabaseRole {
    OWNER("tenancy_owner"),
    TENANT("tenancy_tenant"),
    PLATFORM("tenancy_platform"),
    KEEPER("tenancy_keeper");

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    static DatabaseRole of(Scope scope) {
        return switch (scope) {
            case Scope.Tenant tenant -> TENANT;
            case Scope.Shared.PLATFORM -> PLATFORM;
            case Scope.Shared.KEEPER -> KEEPER;
        };
    }

    /** The name that grants and policies know it by. */
    String roleName() {
        return roleName;
    }

    /** What it logs in as. */
    String username(IsolationSettings settings) {
        var name = settings.login(this).username();
        return name == null ? roleName : name;
    }

    String password(IsolationSettings settings) {
        var password = settings.login(this).password();
        if (password == null) {
            throw new IsolationException("No password is given for the database role " + username(settings) + ": set "
                    + passwordVariable() + ".");
        }
        return password;
    }

    /** The variable of the environment its password is read from. */
    String passwordVariable() {
        return "TENANCY_ISOLATION_" + name() + "_PASSWORD";
    }
}
