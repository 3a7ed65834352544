package {{package}};

import dev.troupe.protocol.service.ListPage;
import dev.troupe.protocol.service.Outcome;
import dev.troupe.protocol.service.Paging;
import dev.troupe.protocol.service.Service;
import dev.troupe.protocol.service.ServiceContext;
import dev.troupe.protocol.service.ServiceDefinition;
import dev.troupe.protocol.service.Sql;
import dev.troupe.protocol.service.Storage;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates entries with a name, finds and lists them. */
public final class {{service}} implements Service {
  public record Entry(long id, String name) {}

  /** The body of a POST. */
  public record CreateEntry(@NotBlank @Size(max = 100) String name) {}

  /** The id comes from the path. */
  public record GetEntry(long id) {}

  /** Both come from the query. */
  public record ListEntries(@Nullable Integer limit, @Nullable Long after) {}

  /**
   * @param next the {@code after} of the next page; null on the last page
   */
  public record Entries(List<Entry> entries, @Nullable Long next) {}

  @Override
  public ServiceDefinition define(ServiceContext context) throws Exception {
    Storage storage = context.storage("db/{{subject}}");
    Paging paging = Paging.from(context.settings());
    return ServiceDefinition.named("{{service}}")
        .post("create_entry", "/{{subject}}", CreateEntry.class, Entry.class,
            (input, call) -> storage.write(call, sql -> create(sql, input)))
        .get("get_entry", "/{{subject}}/{id}", GetEntry.class, Entry.class,
            (input, call) -> storage.read(call, sql -> find(sql, input.id())))
        .get("list_entries", "/{{subject}}", ListEntries.class, Entries.class,
            (input, call) -> {
              Paging.Request page = paging.request(input.limit(), input.after());
              return storage.read(call, sql -> list(sql, page));
            })
        .build();
  }

  // Writes run one after the other, so no two entries get the same id.
  static Outcome<Entry> create(Sql sql, CreateEntry input) throws SQLException {
    return Outcome.done(
        sql.one(
            Entry.class,
            "INSERT INTO entry (id, name) SELECT coalesce(max(id), 0) + 1, ? FROM entry"
                + " RETURNING id, name",
            input.name()));
  }

  static Outcome<Entry> find(Sql sql, long id) throws SQLException {
    return Outcome.found(
        sql.find(Entry.class, "SELECT id, name FROM entry WHERE id = ?", id),
        "there is no entry " + id);
  }

  static Outcome<Entries> list(Sql sql, Paging.Request page) throws SQLException {
    ListPage<Entry> entries =
        sql.page(
            page,
            Entry.class,
            Entry::id,
            "SELECT id, name FROM entry WHERE id > ? ORDER BY id LIMIT ?",
            page.after(),
            page.rows());
    return Outcome.done(new Entries(entries.items(), entries.next()));
  }
}
