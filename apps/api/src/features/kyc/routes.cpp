#include "features/kyc/routes.hpp"

namespace safargo::kyc {
namespace {

void add_for_people(api::Endpoints& endpoints, OwnDocuments& documents) {
    endpoints.get("/kyc/documents", "List one's documents")
        .describes(
            "The caller's current documents, with the reason of a rejection in their language, and what they prove: "
            "id_card and profile_photo approved verify the identity; with driver_license, vehicle_registration and "
            "insurance approved and valid, the person may publish. missing says what that lacks. Pictures have no "
            "address: only moderators read them.")
        .returns<MyDocuments>()
        .handle([&documents](const Caller& caller) { return documents.list(caller); });

    endpoints.post("/kyc/documents", "Send a document")
        .describes(
            "With a finished upload of the purpose kyc_document, also for profile_photo, which is compared with the "
            "identity card and never shown. expires_on is the last day on which the document is valid: required for "
            "driver_license and insurance, optional for id_card and vehicle_registration, refused for profile_photo. "
            "It takes the place of a document of its type that waits or was rejected, but not of one that a moderator "
            "is reading (document_under_review); an approved one stays valid until this one is approved. 20 documents "
            "a day (too_many_documents). The picture is deleted 30 days after the decision.")
        .idempotent()
        .body<SendDocument>()
        .returns<DocumentView>(201)
        .fails({Code::document_under_review, Code::too_many_documents, Code::upload_incomplete, Code::upload_expired,
                Code::upload_used})
        .handle([&documents](db::Transaction& tx, const Caller& caller, const SendDocument& wanted) {
            return documents.send(tx, caller, wanted);
        });
}

void add_readings(api::Endpoints& endpoints, Reviewing& reviewing) {
    endpoints.get("/admin/kyc", "List documents to review")
        .describes("Oldest first, optionally by status and type; without a status, those that wait for a decision.")
        .only(api::Access::moderator)
        .query<ListDocuments>()
        .returns<DocumentPage>()
        .handle(
            [&reviewing](const Caller& caller, const ListDocuments& wanted) { return reviewing.list(caller, wanted); });

    endpoints.get("/admin/kyc/{id}", "Show a document to review")
        .describes("Without its picture.")
        .only(api::Access::moderator)
        .path<KycDocumentId>("id")
        .returns<DocumentFile>()
        .handle([&reviewing](const Caller& caller, const KycDocumentId& id) { return reviewing.show(caller, id); });

    endpoints.get("/admin/kyc/{id}/picture", "Read a document")
        .describes(
            "An address of its picture that is valid for 60 seconds. Each reading is written to the audit log first. "
            "The first one moves a pending document to under_review. Nobody reads their own (forbidden). 30 days after "
            "the decision there is no picture (picture_purged).")
        .only(api::Access::moderator)
        .path<KycDocumentId>("id")
        .returns<SignedPicture>()
        .fails({Code::picture_purged, Code::feature_unavailable})
        .handle([&reviewing](const Caller& caller, const KycDocumentId& id, const RequestContext& context) {
            return reviewing.read(caller, id, context.client_ip);
        });
}

void add_decisions(api::Endpoints& endpoints, Reviewing& reviewing) {
    endpoints.post("/admin/kyc/{id}/approve", "Approve a document")
        .describes(
            "Once it is under_review (document_unread before); the second of two decisions is refused "
            "(already_decided). For id_card, with the gender that it states, which women-only trips rely on. Takes the "
            "place of the approved document of its type. The person is told. Nobody decides on their own (forbidden).")
        .idempotent()
        .only(api::Access::moderator)
        .path<KycDocumentId>("id")
        .body<ApproveDocument>()
        .returns<DocumentFile>()
        .fails({Code::document_unread, Code::already_decided, Code::document_expired})
        .handle([&reviewing](db::Transaction& tx, const Caller& caller, const KycDocumentId& id,
                             const ApproveDocument& wanted) { return reviewing.approve(tx, caller, id, wanted); });

    endpoints.post("/admin/kyc/{id}/reject", "Reject a document")
        .describes(
            "Once it is under_review, with a reason that the person is told in their language, and a note in the "
            "moderator's own words (required for other).")
        .idempotent()
        .only(api::Access::moderator)
        .path<KycDocumentId>("id")
        .body<RejectDocument>()
        .returns<DocumentFile>()
        .fails({Code::document_unread, Code::already_decided})
        .handle([&reviewing](db::Transaction& tx, const Caller& caller, const KycDocumentId& id,
                             const RejectDocument& wanted) { return reviewing.reject(tx, caller, id, wanted); });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, OwnDocuments& documents, Reviewing& reviewing) {
    add_for_people(endpoints, documents);
    add_readings(endpoints, reviewing);
    add_decisions(endpoints, reviewing);
}

}  // namespace safargo::kyc
