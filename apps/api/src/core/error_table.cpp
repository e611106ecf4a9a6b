#include "core/error.hpp"

#include <array>
#include <cstddef>

namespace safargo {
namespace {

// clang-format off
constexpr std::array codes{
    CodeInfo{Code::validation_failed, "validation_failed", 422, "Certains champs sont à corriger",
             "بعض الحقول تحتاج إلى تصحيح", "Some fields need correcting"},
    CodeInfo{Code::malformed_request, "malformed_request", 400, "Requête illisible", "طلب غير مقروء",
             "Unreadable request"},
    CodeInfo{Code::unauthenticated, "unauthenticated", 401, "Connectez-vous pour continuer", "سجّل الدخول للمتابعة",
             "Sign in to continue"},
    CodeInfo{Code::forbidden, "forbidden", 403, "Vous n'avez pas ce droit", "ليس لديك هذا الحق", "You may not do this"},
    CodeInfo{Code::not_found, "not_found", 404, "Introuvable", "غير موجود", "Not found"},
    CodeInfo{Code::method_not_allowed, "method_not_allowed", 405, "Méthode non permise ici", "الطريقة غير مسموحة هنا",
             "Method not allowed here"},
    CodeInfo{Code::request_timeout, "request_timeout", 408, "Requête trop lente", "الطلب بطيء جدا", "Request too slow"},
    CodeInfo{Code::illegal_transition, "illegal_transition", 409, "Action impossible dans cet état",
             "إجراء غير ممكن في هذه الحالة", "Not possible in this state"},
    CodeInfo{Code::trip_full, "trip_full", 409, "Plus assez de places sur ce trajet",
             "لم تعد هناك أماكن كافية في هذه الرحلة", "Not enough seats left on this trip"},
    CodeInfo{Code::trip_departed, "trip_departed", 409, "Ce trajet est déjà parti", "انطلقت هذه الرحلة بالفعل",
             "This trip has already left"},
    CodeInfo{Code::trip_not_open, "trip_not_open", 409, "Ce trajet n'est pas ouvert aux réservations",
             "هذه الرحلة غير مفتوحة للحجز", "This trip is not open for booking"},
    CodeInfo{Code::own_trip, "own_trip", 409, "C'est votre propre trajet", "هذه رحلتك أنت", "This is your own trip"},
    CodeInfo{Code::already_booked, "already_booked", 409, "Vous avez déjà réservé ce trajet",
             "لقد حجزت هذه الرحلة من قبل", "You have already booked this trip"},
    CodeInfo{Code::overlapping_booking, "overlapping_booking", 409,
             "Une autre de vos réservations tombe au même moment", "لديك حجز آخر في الوقت نفسه",
             "Another of your bookings is at the same time"},
    CodeInfo{Code::overlapping_trip, "overlapping_trip", 409, "Un autre de vos trajets tombe au même moment",
             "لديك رحلة أخرى في الوقت نفسه", "Another of your trips is at the same time"},
    CodeInfo{Code::daily_limit, "daily_limit", 409, "Nombre de trajets par jour atteint", "بلغت الحد اليومي للرحلات",
             "Daily number of trips reached"},
    CodeInfo{Code::plate_in_use, "plate_in_use", 409, "Ce véhicule roule déjà ce jour-là avec un autre conducteur",
             "هذه السيارة محجوزة لسائق آخر في ذلك اليوم", "Another driver uses this vehicle that day"},
    CodeInfo{Code::already_exists, "already_exists", 409, "Existe déjà", "موجود من قبل", "Already exists"},
    CodeInfo{Code::outside_start_window, "outside_start_window", 409, "Trop tôt pour démarrer ce trajet",
             "من المبكر بدء هذه الرحلة", "Too early to start this trip"},
    CodeInfo{Code::price_above_cap, "price_above_cap", 422, "Le prix dépasse le plafond du partage de frais",
             "السعر يتجاوز سقف تقاسم التكاليف", "The price is above the cost-sharing cap"},
    CodeInfo{Code::boarding_code_invalid, "boarding_code_invalid", 422, "Code d'embarquement refusé",
             "رمز الصعود مرفوض", "Boarding code refused"},
    CodeInfo{Code::boarding_locked, "boarding_locked", 409, "Trop d'essais de code d'embarquement",
             "محاولات كثيرة لرمز الصعود", "Too many boarding code attempts"},
    CodeInfo{Code::payment_declined, "payment_declined", 402, "Paiement refusé", "رُفض الدفع", "Payment declined"},
    CodeInfo{Code::otp_invalid, "otp_invalid", 401, "Code incorrect", "رمز غير صحيح", "Wrong code"},
    CodeInfo{Code::otp_expired, "otp_expired", 401, "Code expiré, demandez-en un autre",
             "انتهت صلاحية الرمز، اطلب رمزا آخر", "Code expired, ask for another"},
    CodeInfo{Code::kyc_required, "kyc_required", 403, "Faites vérifier vos documents d'abord", "تحقق من وثائقك أولا",
             "Have your documents verified first"},
    CodeInfo{Code::driver_required, "driver_required", 403, "Réservé aux conducteurs", "مخصص للسائقين",
             "For drivers only"},
    CodeInfo{Code::account_suspended, "account_suspended", 403, "Compte suspendu", "الحساب معلّق", "Account suspended"},
    CodeInfo{Code::idempotency_key_reused, "idempotency_key_reused", 422,
             "Cette clé d'idempotence a servi à une autre demande", "استُعمل مفتاح التكرار هذا لطلب آخر",
             "This idempotency key was used for another request"},
    CodeInfo{Code::request_in_progress, "request_in_progress", 409, "La même demande est en cours",
             "الطلب نفسه قيد التنفيذ", "The same request is in progress"},
    CodeInfo{Code::precondition_required, "precondition_required", 428, "Dites quelle version vous modifiez (If-Match)",
             "حدد النسخة التي تعدّلها (If-Match)", "Say which version you edit (If-Match)"},
    CodeInfo{Code::precondition_failed, "precondition_failed", 412, "Modifié entre-temps, rechargez",
             "تغيّر في هذه الأثناء، أعد التحميل", "Changed meanwhile, reload"},
    CodeInfo{Code::payload_too_large, "payload_too_large", 413, "Requête trop grande", "الطلب كبير جدا",
             "Request too large"},
    CodeInfo{Code::uri_too_long, "uri_too_long", 414, "Adresse trop longue", "العنوان طويل جدا", "Address too long"},
    CodeInfo{Code::unsupported_media_type, "unsupported_media_type", 415, "Envoyez du JSON (application/json)",
             "أرسل JSON (application/json)", "Send JSON (application/json)"},
    CodeInfo{Code::headers_too_large, "headers_too_large", 431, "En-têtes trop grands", "الترويسات كبيرة جدا",
             "Headers too large"},
    CodeInfo{Code::rate_limited, "rate_limited", 429, "Trop de demandes, patientez un instant",
             "طلبات كثيرة، انتظر قليلا", "Too many requests, wait a moment"},
    CodeInfo{Code::internal_error, "internal_error", 500, "Erreur de notre côté", "خطأ من جانبنا",
             "An error on our side"},
    CodeInfo{Code::feature_unavailable, "feature_unavailable", 503, "Fonction indisponible ici",
             "الوظيفة غير متاحة هنا", "Feature not available here"},
    CodeInfo{Code::dependency_unavailable, "dependency_unavailable", 503, "Service momentanément indisponible",
             "الخدمة غير متاحة مؤقتا", "Service unavailable for a moment"},
    CodeInfo{Code::timeout, "timeout", 504, "La réponse a pris trop de temps", "استغرق الرد وقتا طويلا",
             "The answer took too long"},
};

constexpr bool in_enum_order() {
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i].code != static_cast<Code>(i)) return false;
    }
    return codes.size() == static_cast<std::size_t>(Code::timeout) + 1;
}
static_assert(in_enum_order(), "every Code has its row, in the order of the enum");

}  // namespace

std::span<const CodeInfo> code_table() {
    return codes;
}

const CodeInfo& info(Code code) {
    return codes[static_cast<std::size_t>(code)];
}

std::string_view title(Code code, Language language) {
    const CodeInfo& row = info(code);
    switch (language) {
        case Language::ar:
            return row.title_ar;
        case Language::en:
            return row.title_en;
        case Language::fr:
            break;
    }
    return row.title_fr;
}

}  // namespace safargo
