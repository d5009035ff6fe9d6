namespace MlatExchange.Domain.Forms;

/// <summary>What every form says besides its own words.</summary>
internal sealed record FormPhrases(
    string Signed, string NotSigned, string NotSignedYet, string OwnWords, string Pack, string BlankHeading, string Secondary, string Counsel, string NotApplicable,
    string Mandatory, string Ticked, string NotTicked, string Blank, string Missing, string Waived, string ByHand)
{
    private static readonly FormPhrases English = new(
        "Made from the signed request; the signature stands on the request, not on this print.",
        "NOT SIGNED",
        "Draft: this request is not signed and has no effect.",
        "The wording of this form is our own and not the official text; to be confirmed by counsel. Below every value stands where it comes from.",
        "Rules applied:",
        "Mandatory fields that are blank",
        "from a secondary source",
        "to be confirmed by counsel",
        "Not applicable to this request.",
        "mandatory",
        "Ticked:",
        "Not ticked:",
        "Not stated.",
        "Blank: the request cannot be signed without it.",
        "Not stated; a named official has set aside the finding that asks for it, with reasons.",
        "To be filled in by hand:");

    private static readonly FormPhrases French = new(
        "Établi à partir de la demande signée ; la signature porte sur la demande et non sur cet imprimé.",
        "NON SIGNÉ",
        "Projet : cette demande n'est pas signée et ne produit aucun effet.",
        "La rédaction de ce formulaire est la nôtre et non le texte officiel ; à confirmer par un conseil juridique. Sous chaque valeur figure sa provenance.",
        "Règles appliquées :",
        "Champs obligatoires laissés en blanc",
        "d'après une source secondaire",
        "à confirmer par un conseil juridique",
        "Sans objet pour cette demande.",
        "obligatoire",
        "Coché :",
        "Non coché :",
        "Non indiqué.",
        "En blanc : la demande ne peut être signée sans cette indication.",
        "Non indiqué ; un agent désigné a écarté, avec motifs, la constatation qui le demande.",
        "À remplir à la main :");

    public static FormPhrases In(string language) => language == "fr" ? French : English;
}
