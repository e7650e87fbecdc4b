// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.fieldmask;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields that a caller wants of an answer, as Tekton Results takes them: paths from the answer
 * down, in the names of the proto file: {@code records.name}. A path covers all below it. What no
 * path leads to is cleared, so a mask of nothing but unknown names clears everything.
 *
 * <p>A path that goes on below a field of bytes, {@code data.value.metadata.name}, leads into the
 * JSON that the bytes are: see {@link JsonPaths}. Below any other value that has no parts it means
 * the value.
 *
 * @param children what is wanted below this, by name; empty for everything
 */
public record FieldMask(Map<String, FieldMask> children) {

  /**
   * Reads a mask.
   *
   * @param lists of paths, each separated by commas; blanks around them are ignored
   */
  public static FieldMask parse(List<String> lists) {
    FieldMask root = new FieldMask(new TreeMap<>());
    for (String list : lists) {
      for (String path : list.split(",", -1)) {
        root.add(List.of(path.strip().split("\\.", -1)));
      }
    }
    return root;
  }

  private void add(List<String> path) {
    String name = path.getFirst();
    FieldMask child = children.get(name);
    if (path.size() == 1) {
      children.put(name, new FieldMask(new TreeMap<>()));
    } else if (child == null) {
      FieldMask below = new FieldMask(new TreeMap<>());
      children.put(name, below);
      below.add(path.subList(1, path.size()));
    } else if (!child.coversAll()) {
      child.add(path.subList(1, path.size()));
    }
  }

  /** Whether a path is named itself, and not only what is above it. */
  public boolean names(String path) {
    FieldMask mask = this;
    for (String name : path.split("[.]", -1)) {
      mask = mask.children.get(name);
      if (mask == null) {
        return false;
      }
    }
    return true;
  }

  boolean coversAll() {
    return children.isEmpty();
  }

  /** The wanted fields of a message. */
  public <M extends Message> M of(M message) {
    Message.Builder kept = message.newBuilderForType();
    children.forEach((name, below) -> {
      FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
      if (field != null) {
        below.copy(field, message, kept);
      }
    });
    @SuppressWarnings("unchecked") // a message's own builder builds its own type
    M partial = (M) kept.build();
    return partial;
  }

  /** Copies what this mask, which is below the field, wants of it. */
  private void copy(FieldDescriptor field, Message from, Message.Builder to) {
    if (field.isMapField()) {
      copyEntries(field, from, to);
    } else if (field.isRepeated()) {
      for (Object item : (List<?>) from.getField(field)) {
        to.addRepeatedField(field, of(item));
      }
    } else if (from.hasField(field)) {
      to.setField(field, of(from.getField(field)));
    }
  }

  private Object of(Object value) {
    if (coversAll()) {
      return value;
    }
    return switch (value) {
      case Message message -> of(message);
      case ByteString json -> JsonPaths.of(this, json);
      default -> value;
    };
  }

  private void copyEntries(FieldDescriptor field, Message from, Message.Builder to) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    for (Object item : (List<?>) from.getField(field)) {
      Message entry = (Message) item;
      if (coversAll()) {
        to.addRepeatedField(field, entry);
        continue;
      }
      FieldMask below = children.get(entry.getField(key).toString());
      if (below != null) {
        to.addRepeatedField(
            field, entry.toBuilder().setField(value, below.of(entry.getField(value))).build());
      }
    }
  }
}
