using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace LockFree.Cli.Loading;

/// <summary>
/// What is left of a compiled project for those that refer to it: the metadata of a reference assembly, a small fraction of the
/// syntax and symbols it was made from.
/// </summary>
internal sealed class ProjectImages
{
    private static readonly EmitOptions MetadataOnly = new(metadataOnly: true, tolerateErrors: true, includePrivateMembers: false);

    private readonly Dictionary<string, MetadataReference> _images = new(StringComparer.Ordinal);

    /// <summary>The images of those projects that have one.</summary>
    public IEnumerable<MetadataReference> Of(IEnumerable<string> ids) => ids.Select(id => _images.GetValueOrDefault(id)).OfType<MetadataReference>();

    /// <summary>Keeps the metadata of <paramref name="compilation"/> for the projects that refer to <paramref name="id"/>.</summary>
    public void Add(string id, Compilation compilation, CancellationToken cancellationToken)
    {
        using MemoryStream image = new();
        EmitResult emitted = PubliclySigned(compilation).Emit(image, options: MetadataOnly, cancellationToken: cancellationToken);
        _images[id] = emitted.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : compilation.ToMetadataReference(); // keeps the whole compilation alive, but binds
    }

    // A signature needs the private key; friends only ask for the public one.
    private static Compilation PubliclySigned(Compilation compilation)
    {
        if (!compilation.Assembly.Identity.HasPublicKey)
            return compilation;
        return compilation.WithOptions(compilation.Options
            .WithCryptoKeyFile(null)
            .WithCryptoKeyContainer(null)
            .WithDelaySign(null)
            .WithCryptoPublicKey(compilation.Assembly.Identity.PublicKey)
            .WithPublicSign(true));
    }
}
