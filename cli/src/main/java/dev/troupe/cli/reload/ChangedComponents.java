package dev.troupe.cli.reload;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Which components of a record differ: a component that is added later is compared too. */
final class ChangedComponents {
  private ChangedComponents() {}

  static <R extends Record> Set<String> between(R before, R after) {
    Set<String> changed = new TreeSet<>();
    for (RecordComponent component : before.getClass().getRecordComponents()) {
      if (!Objects.equals(value(component, before), value(component, after))) {
        changed.add(component.getName());
      }
    }
    return changed;
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
