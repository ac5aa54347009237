package com.misybot.tenancy.context.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.net.InetAddresses;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.web.FieldError;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Addresses of clients, of which only hashes are kept: of one tenant they can be told apart, of two they cannot be compared. */
@Component
class ClientAddresses {

    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f.:]{2,45}");
    private static final int HASH_BYTES = 16;

    /** What one customer of an access provider has at its hands: all of an IPv4 address, half of one of IPv6. */
    private static final int NETWORK_BYTES = 8;

    private final MacKey key;

    ClientAddresses(Keyring keyring) {
        this.key = keyring.macKey(Keyring.Purpose.CLIENT_ADDRESS);
    }

    /** Reads an address; a name is never looked up. */
    static InetAddress parse(String text) {
        if (LITERAL.matcher(text).matches() && InetAddresses.isInetAddress(text)) {
            return InetAddresses.forString(text);
        }
        throw new InvalidValue(
                FieldError.FORMAT, "Give the IPv4 or IPv6 address of the client, without a port or zone.");
    }

    /** What is kept of an address. */
    String hash(UUID tenant, InetAddress address) {
        return hash("address", tenant, address.getAddress());
    }

    /** What starts are counted by: the address, of IPv6 its first 64 bits. */
    String network(UUID tenant, InetAddress address) {
        var bytes = address.getAddress();
        return hash("network", tenant, bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    private String hash(String kind, UUID tenant, byte[] address) {
        var mac = key.mac(kind.getBytes(US_ASCII), tenant.toString().getBytes(US_ASCII), address);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, HASH_BYTES));
    }
}
