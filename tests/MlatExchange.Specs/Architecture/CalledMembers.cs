using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MlatExchange.Specs.Architecture;

/// <summary>What a compiled project refers to, read from its metadata: also what a suppressed analyser would have let through.</summary>
internal sealed class CalledMembers
{
    private CalledMembers(IReadOnlySet<string> members, IReadOnlySet<string> types, IReadOnlySet<string> assemblies) => (Members, Types, Assemblies) = (members, types, assemblies);

    /// <summary>Members as <c>Namespace.Type.Member</c>; a property's getter is <c>get_Name</c>.</summary>
    public IReadOnlySet<string> Members { get; }

    /// <summary>Types as <c>Namespace.Type</c>.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>Simple names of the referenced assemblies.</summary>
    public IReadOnlySet<string> Assemblies { get; }

    public static CalledMembers Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var members = metadata.MemberReferences
            .Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{Name(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}")
            .ToHashSet(StringComparer.Ordinal);
        var types = metadata.TypeReferences.Select(handle => Name(metadata, handle)).ToHashSet(StringComparer.Ordinal);
        var assemblies = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet(StringComparer.Ordinal);
        return new(members, types, assemblies);
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
