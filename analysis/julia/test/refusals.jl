# SPDX-License-Identifier: GPL-3.0-or-later
#
# What can't be read is refused, with a sentence that says why.

function refusal(path; options...)
    try
        ISSSim.open(path; options...)
        return ""
    catch error
        error isa ISSSim.FormatError || rethrow()
        return replace(error.message, path => "FILE")
    end
end

# A copy of a file with one attribute of its root changed, or taken away.
function changed(name, attribute, value)
    path = tempname() * ".h5"
    cp(made(name), path)
    chmod(path, 0o600)
    h5open(path, "r+") do file
        delete_attribute(file, attribute)
        value === nothing || write_attribute(file, attribute, value)
    end
    return path
end

@test refusal(changed("leak.h5", "format_version", Int32[2, 0])) ==
      "FILE has format 2.0, newer than this package reads (1.x): a newer package ISSSim " *
      "is needed"
@test refusal(changed("leak.h5", "format_version", Int32[0, 9])) ==
      "FILE has format 0.9, older than this package reads (1.x): make the file again, or " *
      "use an older package ISSSim"
@test refusal(changed("leak.h5", "format_version", Int32[1, 7])) == ""
@test refusal(changed("leak.h5", "format_version", nothing)) ==
      "FILE isn't a result of isssim: it has no such filetype"
@test refusal(changed("leak.h5", "filetype", "other/run")) ==
      "FILE isn't a result of isssim: it has no such filetype"
@test refusal(changed("leak.h5", "filetype", "isssim/film")) ==
      "FILE is of the kind isssim/film; this package reads isssim/mc, isssim/run, " *
      "isssim/sweep"
@test refusal(changed("leak.h5", "complete", Int32(0))) ==
      "FILE is incomplete: what wrote it was interrupted"

@testset "a study that was interrupted can be welcome" begin
    path = changed("leak-mc.h5", "complete", Int32(0))
    @test refusal(path) ==
          "FILE is incomplete: it has 200 of 200 replications; go on with isssim mc " *
          "--resume, or open it with incomplete = true"
    study = ISSSim.open(path; incomplete = true)
    @test !study.complete && study.n == 200
    close(study)
end

@testset "what isn't HDF5" begin
    path = tempname()
    @test refusal(path) == "FILE isn't there"
    touch(path)
    @test refusal(path) == "FILE is empty"
    write(path, "a text")
    @test refusal(path) == "FILE isn't an HDF5 file"
    whole = read(made("leak.h5"))
    write(path, whole[1:end÷2])
    @test refusal(path) == "FILE can't be read: it is damaged, cut off, or locked"
    @test refusal(FOLDER) == "FILE is a folder"
end
