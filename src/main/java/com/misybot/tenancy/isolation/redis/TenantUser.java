package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.kernel.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The user of Redis that works for one tenant. It begins with nothing and is given named commands on the tenant's own keys and channels.
 *
 * <p>Not among them is whatever Redis does not limit to those keys ({@code SCAN}, {@code KEYS}, {@code RANDOMKEY}, {@code DBSIZE},
 * {@code PUBSUB}, {@code CLIENT TRACKING}, {@code SORT}), what leaves the database ({@code SELECT}, {@code MOVE}, {@code COPY}), what
 * reads or writes the form on disk ({@code DUMP}, {@code RESTORE}), and what holds up everybody else: scripts and functions.
 */
record TenantUser(UUID tenant) {

    // every one of them is known from Redis 6.2 on
    private static final String COMMANDS = """
            ping echo auth hello reset client|setname client|getname client|id cluster|slots cluster|shards readonly readwrite asking
            multi exec discard watch unwatch
            get set setex psetex setnx mget mset msetnx append incr incrby incrbyfloat decr decrby strlen getrange setrange getset getdel getex
            setbit getbit bitcount bitop bitpos bitfield pfadd pfcount pfmerge
            del unlink exists expire pexpire expireat pexpireat ttl pttl persist type touch rename renamenx
            hget hset hsetnx hmget hmset hgetall hdel hexists hincrby hincrbyfloat hkeys hvals hlen hstrlen hscan hrandfield
            lpush rpush lpushx rpushx lpop rpop lrange llen lindex lset linsert lrem ltrim lpos lmove rpoplpush blpop brpop blmove brpoplpush
            sadd srem sismember smismember smembers scard spop srandmember smove sscan
            sinter sinterstore sunion sunionstore sdiff sdiffstore
            zadd zrem zscore zmscore zincrby zcard zcount zlexcount zrank zrevrank zrange zrangebyscore zrevrange zrevrangebyscore
            zrangebylex zrevrangebylex zrangestore zremrangebyrank zremrangebyscore zremrangebylex zpopmin zpopmax bzpopmin bzpopmax
            zrandmember zscan zinter zinterstore zunion zunionstore zdiff zdiffstore
            geoadd geopos geodist geohash geosearch geosearchstore
            xadd xread xreadgroup xrange xrevrange xlen xdel xtrim xack xclaim xautoclaim xpending xgroup
            publish subscribe unsubscribe psubscribe punsubscribe""";

    /** Its name; safe in a URL. */
    String name() {
        return "tenant-" + tenant;
    }

    /** How its keys begin, and its channels. */
    String prefix() {
        return RedisKeys.ofServices(tenant);
    }

    /**
     * What makes it out of any user, or none. Redis 6.2 gives a new one all channels: they are taken first.
     *
     * @param sha256 of its password, 64 digits
     */
    List<String> rules(String sha256) {
        var rules = new ArrayList<>(
                List.of("reset", "resetchannels", "-@all", "~" + prefix() + "*", "&" + prefix() + "*", "#" + sha256));
        for (var command : COMMANDS.split("\\s+", -1)) {
            rules.add("+" + command);
        }
        rules.add("on");
        return rules;
    }

    /**
     * A user as a node says it is.
     *
     * @param flags {@code on}, {@code allkeys} and so on
     * @param passwords hashes of what it logs in with
     * @param commands as the node writes them
     * @param keys patterns
     * @param channels patterns
     */
    record Present(Set<String> flags, List<String> passwords, String commands, String keys, String channels) {

        static Present of(List<Object> said) {
            var flags = new TreeSet<String>();
            var passwords = new ArrayList<String>();
            var commands = "";
            var keys = "";
            var channels = "";
            for (var i = 0; i + 1 < said.size(); i += 2) {
                var value = said.get(i + 1);
                switch (String.valueOf(said.get(i))) {
                    case "flags" -> texts(value).forEach(flags::add);
                    case "passwords" -> passwords.addAll(texts(value));
                    case "commands" -> commands = String.valueOf(value);
                    case "keys" -> keys = patterns(value, '~');
                    case "channels" -> channels = patterns(value, '&');
                    default -> {
                        // what a later Redis adds, such as selectors, is nothing until it has something in it
                        if (!texts(value).isEmpty() && !String.valueOf(value).isEmpty()) {
                            flags.add(said.get(i) + "=" + value);
                        }
                    }
                }
            }
            return new Present(flags, passwords, commands, keys, channels);
        }

        boolean hasPassword(String sha256) {
            return passwords.equals(List.of(sha256));
        }

        /** Whether it may do what the user of this tenant may, as far as one can tell without knowing how this node writes commands. */
        boolean isOnlyFor(TenantUser user) {
            return flags.contains("on")
                    && flags.stream()
                            .noneMatch(flag -> flag.equals("nopass") || flag.startsWith("all") || flag.contains("="))
                    && keys.equals(user.prefix() + "*")
                    && channels.equals(user.prefix() + "*");
        }

        /** Redis 6.2 gives a list of bare patterns, 7 a text of patterns with their marks. */
        private static String patterns(Object value, char mark) {
            var text = String.join(" ", texts(value));
            return text.isEmpty() || text.charAt(0) != mark ? text : text.substring(1);
        }

        private static List<String> texts(Object value) {
            return value instanceof Iterable<?> several
                    ? java.util.stream.StreamSupport.stream(several.spliterator(), false)
                            .map(String::valueOf)
                            .toList()
                    : List.of(String.valueOf(value));
        }
    }
}
