package dev.troupe.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.protocol.call.QueryParameters;
import dev.troupe.protocol.call.ServiceReply;
import dev.troupe.protocol.json.JsonBytes;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What answers tell HTTP clients beside their bodies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetadataTest {
  private static final String LIST = "list";

  private @Nullable ActorTestKit testKit;

  record Nothing() {}

  record OfOwner(@Nullable String owner) {}

  record Tagged(List<String> tag) {}

  record ByName(String name) {}

  record Thing(String name, long version) {}

  record Things(@Nullable Long next) {}

  private final Action<ByName, Thing> get =
      Action.get("get", "/things/{name}", ByName.class, Thing.class);
  private final Action<Nothing, Thing> create =
      Action.post("create", "/things", Nothing.class, Thing.class);

  @BeforeAll
  void start() {
    testKit = ActorTestKit.create();
  }

  @AfterAll
  void stop() {
    testKit.shutdownTestKit();
  }

  private <I extends Record, O extends Record> Harness answering(Action<I, O> action, O output) {
    return new Harness(testKit, action, (input, call) -> Outcome.done(output));
  }

  @Test
  void nothingIsToldUnlessStated() {
    assertThat(answering(create, new Thing("a", 1)).call("create", "").headers()).isEmpty();
  }

  @Test
  void whatIsMadeIsLocatedWhereItIsShown() {
    Action<Nothing, Thing> stated = create.location(get, Thing::name).etag(Thing::version);

    ServiceReply reply = answering(stated, new Thing("a b/ü?", 7)).call("create", "");

    assertThat(reply.headers())
        .isEqualTo(Map.of("Location", "/things/a%20b%2F%C3%BC%3F", "ETag", "\"7\""));
  }

  @Test
  void aPlaceHasOneVariable() {
    assertThatThrownBy(() -> create.location(create, Thing::name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("create: located at /things (expected: a path of one variable)");
  }

  @Test
  void aPageLinksToTheNextWithTheParametersOfTheRequest() {
    Action<Nothing, Things> list =
        Action.get(LIST, "/things", Nothing.class, Things.class).paged(Things::next);

    ServiceReply reply = list(list, 5L, Map.of(), Map.of("limit", "2", "owner", "a&b=ü"));

    assertThat(reply.headers())
        .isEqualTo(Map.of("Link", "</things?after=5&limit=2&owner=a%26b%3D%C3%BC>; rel=\"next\""));
  }

  @Test
  void aLaterPageLinksToTheFirst() {
    Action<Nothing, Things> list =
        Action.get(LIST, "/things", Nothing.class, Things.class).paged(Things::next);

    assertThat(list(list, 9L, Map.of(), Map.of("after", "5")).headers())
        .isEqualTo(Map.of("Link", "</things>; rel=\"first\", </things?after=9>; rel=\"next\""));
    assertThat(list(list, null, Map.of(), Map.of("after", "9", "limit", "2")).headers())
        .isEqualTo(Map.of("Link", "</things?limit=2>; rel=\"first\""));
  }

  @Test
  void aPageThatIsTheWholeListLinksNowhere() {
    Action<Nothing, Things> list =
        Action.get(LIST, "/things", Nothing.class, Things.class).paged(Things::next);

    assertThat(list(list, null, Map.of(), Map.of("limit", "2")).headers()).isEmpty();
  }

  @Test
  void linksKeepEachValueOfAParameter() {
    Action<Tagged, Things> list =
        Action.get(LIST, "/things", Tagged.class, Things.class).paged(Things::next);
    QueryParameters query = new QueryParameters(Map.of("tag", List.of("b", "a&c")));

    assertThat(answering(list, new Things(5L)).query(LIST, query).headers())
        .isEqualTo(Map.of("Link", "</things?after=5&tag=b&tag=a%26c>; rel=\"next\""));
  }

  @Test
  void linksKeepThePathOfTheRequestIfItHasOne() {
    Action<OfOwner, Things> list =
        Action.get(LIST, "/owners/{owner}/things", OfOwner.class, Things.class).paged(Things::next);

    assertThat(list(list, 5L, Map.of("owner", "a b"), Map.of()).headers())
        .isEqualTo(Map.of("Link", "</owners/a%20b/things?after=5>; rel=\"next\""));
    assertThat(list(list, 5L, Map.of(), Map.of()).headers()).isEmpty();
  }

  private <I extends Record> ServiceReply list(
      Action<I, Things> action,
      @Nullable Long next,
      Map<String, String> path,
      Map<String, String> query) {
    return answering(action, new Things(next)).call(LIST, path, query, JsonBytes.EMPTY);
  }
}
