#include "features/disputes/routes.hpp"

namespace safargo::disputes {
namespace {

void add_for_the_two(api::Endpoints& endpoints, DisputeService& disputes) {
    endpoints.post("/bookings/{id}/dispute", "Contest a no-show, or dispute a ride, as passenger or driver")
        .idempotent()
        .path<BookingId>("id")
        .body<OpenDispute>()
        .returns<bookings::BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::dispute_closed, Code::already_disputed})
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const BookingId& id, const OpenDispute& wanted) {
            return disputes.open(tx, caller, id, wanted);
        });

    endpoints.post("/bookings/{id}/dispute/answer", "Answer the dispute of a booking, once, as the other side")
        .idempotent()
        .path<BookingId>("id")
        .body<AnswerDispute>()
        .returns<bookings::BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::already_exists})
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const BookingId& id,
                            const AnswerDispute& words) { return disputes.answer(tx, caller, id, words); });
}

void add_for_moderators(api::Endpoints& endpoints, DisputeService& disputes) {
    endpoints.get("/admin/disputes", "Disputes, newest first")
        .only(api::Access::moderator)
        .query<ListDisputes>()
        .returns<DisputePage>()
        .handle([&disputes](const ListDisputes& wanted) { return disputes.list(wanted); });

    endpoints.get("/admin/disputes/{id}", "One dispute with the words of both sides; an open one is then in review")
        .only(api::Access::moderator)
        .path<DisputeId>("id")
        .returns<DisputeFile>()
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const DisputeId& id) {
            return disputes.show(tx, caller, id);
        });

    endpoints.post("/admin/disputes/{id}/resolve", "Decide a dispute: what goes back to the passenger, and why")
        .idempotent()
        .only(api::Access::admin)
        .path<DisputeId>("id")
        .body<ResolveDispute>()
        .returns<DisputeFile>()
        .fails({Code::illegal_transition})
        .handle([&disputes](db::Transaction& tx, const Caller& caller, const DisputeId& id,
                            const ResolveDispute& wanted) { return disputes.resolve(tx, caller, id, wanted); });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, DisputeService& disputes) {
    add_for_the_two(endpoints, disputes);
    add_for_moderators(endpoints, disputes);
}

}  // namespace safargo::disputes
