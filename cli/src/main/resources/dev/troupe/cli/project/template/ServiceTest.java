package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import {{package}}.{{service}}.CreateEntry;
import {{package}}.{{service}}.Entries;
import {{package}}.{{service}}.Entry;
import dev.troupe.testkit.TroupeTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service in the JVM of the test, with a store of its own and the answers of a gateway. */
class {{service}}Test {
  @RegisterExtension final TroupeTest service = TroupeTest.of(new {{service}}());

  @Test
  void anEntryThatWasCreatedIsFound() {
    service.post("/{{subject}}", new CreateEntry("first")).expect(201);

    assertThat(service.get("/{{subject}}/1").expect(200).as(Entry.class))
        .isEqualTo(new Entry(1, "first"));
    assertThat(service.get("/{{subject}}/2").expect(404).message())
        .isEqualTo("there is no entry 2");
  }

  @Test
  void aPageSaysWhereTheNextOneBegins() {
    service.post("/{{subject}}", new CreateEntry("first")).expect(201);
    service.post("/{{subject}}", new CreateEntry("second")).expect(201);

    assertThat(service.get("/{{subject}}?limit=1").as(Entries.class))
        .isEqualTo(new Entries(List.of(new Entry(1, "first")), 1L));
    assertThat(service.get("/{{subject}}?limit=1&after=1").as(Entries.class))
        .isEqualTo(new Entries(List.of(new Entry(2, "second")), null));
  }
}
