// Message framing, stricter than Beast: anything another parser might read differently is refused.
#pragma once

#include <string_view>

namespace safargo::http {

// Contains no control characters except tab: no NUL, line end of any kind or DEL.
bool is_field_text(std::string_view text);

// Detects obsolete line folding, a header line continued on the next one (RFC 9112, section 5.2), in a stream of bytes.
// Beast would join the lines, while others might see two fields.
class FoldWatch {
public:
    bool sees(std::string_view next);  // the bytes after those passed before

private:
    bool line_ended_ = false;
};

struct Expectations {
    bool go_on = false;   // 100-continue
    bool others = false;  // unknown ones: 417
};
Expectations read_expectations(std::string_view list);  // the value of Expect (RFC 9110, section 10.1.1)

}  // namespace safargo::http
