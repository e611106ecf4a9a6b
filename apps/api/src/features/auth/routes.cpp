#include "features/auth/routes.hpp"

namespace safargo::auth {

void add_routes(api::Endpoints& endpoints, AuthService& auth) {
    endpoints.post("/auth/otp/request", "Send a one-time code to a phone number or an email address")
        .body<RequestCode>()
        .returns<CodeRequested>(202)
        .handle([&auth](const RequestContext& context, const RequestCode& wanted) {
            return auth.request_code(context, wanted);
        });

    endpoints.post("/auth/otp/verify", "Sign in with the code, and open an account at the first time")
        .body<VerifyCode>()
        .returns<SignedIn>()
        .fails({Code::otp_invalid, Code::otp_expired, Code::account_suspended})
        .handle([&auth](const RequestContext& context, const VerifyCode& given) {
            return auth.verify_code(context, given);
        });

    endpoints.post("/auth/refresh", "Exchange a refresh token for new tokens")
        .body<RefreshTokens>()
        .returns<Refreshed>()
        .handle([&auth](db::Transaction& tx, const RefreshTokens& given) { return auth.refresh(tx, given); });

    endpoints.get("/auth/sessions", "Where this account is signed in")
        .returns<SessionList>()
        .handle([&auth](const Caller& caller) { return auth.list_sessions(caller); });

    endpoints.remove("/auth/sessions/{id}", "Sign one device out")
        .path<SessionId>("id")
        .handle([&auth](const Caller& caller, const SessionId& id) { return auth.revoke_session(caller, id); });

    endpoints.post("/auth/logout", "Sign this device out").handle([&auth](const Caller& caller) {
        return auth.logout(caller);
    });
}

}  // namespace safargo::auth
