// The result of one statement. Reading is strict: the column must have the requested type (integers may widen), and
// NULL needs an optional; anything else throws MappingError, which names the column.
#pragma once

#include "core/enum_names.hpp"
#include "db/wire_type.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_result;

namespace safargo::db {

namespace wire {

// One value in PostgreSQL's binary form.
struct Field {
    std::string_view column;
    Oid type = 0;
    std::optional<std::string_view> bytes;  // none: NULL
};

void read(const Field& field, bool& out);
void read(const Field& field, std::int16_t& out);
void read(const Field& field, std::int32_t& out);  // int2, int4
void read(const Field& field, std::int64_t& out);  // int2, int4, int8, xid8
void read(const Field& field, double& out);        // float4, float8, finite
void read(const Field& field, Instant& out);       // timestamptz, not infinite
void read(const Field& field, LocalDate& out);
void read(const Field& field, Uuid& out);
void read(const Field& field, Bytes& out);
void read(const Field& field, std::string_view& out);  // text, varchar, char, name, json, jsonb, enums

// The elements of a one-dimensional array.
std::vector<Field> elements(const Field& field);

template <class T>
struct Reader {
    static T value(const Field& field) {
        if constexpr (Integer<T>) {
            SizedInteger<T> out{};
            read(field, out);
            return out;
        } else {
            T out{};
            read(field, out);
            return out;
        }
    }
};

template <>
struct Reader<std::string> {
    static std::string value(const Field& field) { return std::string(Reader<std::string_view>::value(field)); }
};

template <>
struct Reader<Dinars> {
    static Dinars value(const Field& field) { return {Reader<std::int64_t>::value(field)}; }
};

template <class Tag>
struct Reader<Id<Tag>> {
    static Id<Tag> value(const Field& field) { return {Reader<Uuid>::value(field)}; }
};

[[noreturn]] void refuse_word(const Field& field, std::string_view allowed);

// A described enum by name.
template <DescribedEnum E>
struct Reader<E> {
    static E value(const Field& field) {
        const auto read = enum_from<E>(Reader<std::string_view>::value(field));
        if (!read) refuse_word(field, enum_names<E>(", "));
        return *read;
    }
};

template <class T>
struct Reader<std::optional<T>> {
    static std::optional<T> value(const Field& field) {
        if (!field.bytes) return std::nullopt;
        return Reader<T>::value(field);
    }
};

template <class T>
struct Reader<std::vector<T>> {
    static std::vector<T> value(const Field& field) {
        std::vector<T> out;
        const std::vector<Field> all = elements(field);
        out.reserve(all.size());
        for (const Field& element : all) out.push_back(Reader<T>::value(element));
        return out;
    }
};

}  // namespace wire

// A view of one row; it, and every string_view read from it, is valid while its Rows exist.
class Row {
public:
    // bool, int16/32/64, double, std::string, std::string_view, Instant, LocalDate, Uuid, Id<Tag>, Dinars, Bytes,
    // described enums, std::optional<T>, std::vector<T>; columns count from 0.
    template <class T>
    T get(int column) const {
        return wire::Reader<T>::value(field(column));
    }
    bool is_null(int column) const { return !field(column).bytes; }

private:
    friend class Rows;
    Row(const pg_result* result, int index) : result_(result), index_(index) {}
    wire::Field field(int column) const;

    const pg_result* result_;
    int index_;
};

class Rows {
public:
    explicit Rows(pg_result* result);  // takes ownership

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    Row operator[](std::size_t index) const;  // throws MappingError past the end
    std::int64_t affected() const;            // rows inserted, updated, deleted or selected
    std::string_view command() const;         // the server's command tag: "INSERT 0 1", "COMMIT"

    class Iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Row operator*() const { return (*rows_)[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        Iterator operator++(int) {
            Iterator before = *this;
            ++index_;
            return before;
        }
        bool operator==(const Iterator&) const = default;

    private:
        friend class Rows;
        Iterator(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
        const Rows* rows_ = nullptr;
        std::size_t index_ = 0;
    };
    const pg_result* result() const { return result_.get(); }  // for this folder only

    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

private:
    struct Free {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Free> result_;
};

}  // namespace safargo::db
