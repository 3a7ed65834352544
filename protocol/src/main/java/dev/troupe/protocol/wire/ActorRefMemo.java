package dev.troupe.protocol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.protocol.call.ServiceReply;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how addresses for replies are written: there are few, and each comes with every
 * request. Bounded; of two that fall into one place the later stays. Thread-safe.
 */
final class ActorRefMemo {
  private static final int PLACES = 256;

  private final ExtendedActorSystem system;
  private final AtomicReferenceArray<@Nullable Known> written = new AtomicReferenceArray<>(PLACES);
  private final AtomicReferenceArray<@Nullable Known> read = new AtomicReferenceArray<>(PLACES);

  private static final class Known {
    final ActorRef<ServiceReply> ref;
    final byte[] bytes;

    Known(ActorRef<ServiceReply> ref, byte[] bytes) {
      this.ref = ref;
      this.bytes = bytes;
    }
  }

  ActorRefMemo(ExtendedActorSystem system) {
    this.system = system;
  }

  byte[] write(ActorRef<ServiceReply> ref) {
    int place = place(ref.hashCode());
    Known known = written.get(place);
    if (known == null || !known.ref.equals(ref)) {
      known = new Known(ref, resolver().toSerializationFormat(ref).getBytes(UTF_8));
      written.set(place, known);
    }
    return known.bytes;
  }

  ActorRef<ServiceReply> read(byte[] bytes) {
    int place = place(Arrays.hashCode(bytes));
    Known known = read.get(place);
    if (known == null || !Arrays.equals(known.bytes, bytes)) {
      known = new Known(resolver().resolveActorRef(new String(bytes, UTF_8)), bytes);
      read.set(place, known);
    }
    return known.ref;
  }

  private static int place(int hash) {
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }

  // Not a field: serializers are created before the extensions that they may use.
  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
