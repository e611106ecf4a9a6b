// Where messages begin and end, stricter than Beast: what another reader might take differently is refused.
#pragma once

#include <string_view>

namespace safargo::http {

// No control character but the tab: neither NUL nor a line end of any kind, nor DEL.
bool is_field_text(std::string_view text);

// Sees obsolete line folding, a header line that goes on in the next one (RFC 9112, section 5.2), in bytes that come in
// pieces. Beast would mend it, and others might read two fields.
class FoldWatch {
public:
    bool sees(std::string_view next);  // the bytes that follow those given before

private:
    bool line_ended_ = false;
};

struct Expectations {
    bool go_on = false;   // 100-continue
    bool others = false;  // which we do not know: 417
};
Expectations read_expectations(std::string_view list);  // the value of Expect (RFC 9110, section 10.1.1)

}  // namespace safargo::http
