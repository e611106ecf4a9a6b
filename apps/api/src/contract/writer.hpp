// Appends JSON to a string: no tree in between.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::contract {

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void null() { raw("null"); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void integer(std::int64_t value);
    void number(double value);  // shortest that reads back the same; NaN and infinity are null
    void string(std::string_view value);
    void raw(std::string_view json);  // a finished value

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void key(std::string_view name);

private:
    void open(char bracket);
    void close(char bracket);
    void separate();  // a comma where the container already holds something

    std::string& out_;
    bool first_ = true;
};

}  // namespace safargo::contract
