#include "features/kyc/views.hpp"

#include "features/kyc/words.hpp"

namespace safargo::contract {

void Codec<kyc::ReasonText>::print(Writer& out, const kyc::ReasonText& text) {
    out.string(kyc::text_of(text.reason, out.reader()));
}

}  // namespace safargo::contract
