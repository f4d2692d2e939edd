// Verifies a published log with code that nobody here wrote: golang.org/x/mod/sumdb/note and tlog.
//
//	go run . FOLDER
//
// The folder holds what `renkei audit export` writes. Every signature of log.vkey and witness.vkey, where there is one,
// is demanded; every hash tile and entry is proved to be in the tree of the checkpoint. The last line is "ok", the size,
// the root.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: foreign FOLDER")
		os.Exit(2)
	}
	if err := verify(os.Args[1]); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func verify(folder string) error {
	tree, err := checkpoint(folder)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, tiles{folder})
	for start := int64(0); start < tree.N; start += 256 {
		end := min(start+256, tree.N)
		entries, err := bundle(folder, start/256, int(end-start))
		if err != nil {
			return err
		}
		for at, entry := range entries {
			index := start + int64(at)
			proof, err := tlog.ProveRecord(tree.N, index, reader)
			if err != nil {
				return fmt.Errorf("entry %d: %w", index, err)
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
				return fmt.Errorf("entry %d: %w", index, err)
			}
		}
	}
	fmt.Println("ok", tree.N, tree.Hash)
	return nil
}

// checkpoint reads the tree that the log signed and every witness cosigned.
func checkpoint(folder string) (tlog.Tree, error) {
	var none tlog.Tree
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return none, err
	}
	log, err := keys(folder, "log.vkey", note.NewVerifier)
	if err != nil || len(log) != 1 {
		return none, fmt.Errorf("log.vkey holds no one key: %v", err)
	}
	witnesses, err := keys(folder, "witness.vkey", cosigner)
	if err != nil {
		return none, err
	}
	opened, err := note.Open(data, note.VerifierList(append(log, witnesses...)...))
	if err != nil {
		return none, err
	}
	if len(opened.Sigs) != 1+len(witnesses) {
		return none, fmt.Errorf("%d of %d keys have signed", len(opened.Sigs), 1+len(witnesses))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != log[0].Name() {
		return none, errors.New("the origin is not the name of the log's key")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return none, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func keys(folder, file string, read func(string) (note.Verifier, error)) ([]note.Verifier, error) {
	data, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var found []note.Verifier
	for _, line := range strings.Fields(string(data)) {
		key, err := read(line)
		if err != nil {
			return nil, err
		}
		found = append(found, key)
	}
	return found, nil
}

// witness verifies cosignatures (type 4), which the library leaves to its callers.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	text := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(w.key, []byte(text), sig[8:])
}

func cosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a key of a witness")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, errors.New("not a key of a witness")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	return witness{parts[0], binary.BigEndian.Uint32(sum[:]), raw[1:]}, nil
}

// tiles reads hash tiles where C2SP tlog-tiles puts them: the library's own path without the height.
type tiles struct{ folder string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func bundle(folder string, number int64, width int) ([][]byte, error) {
	tile := tlog.Tile{H: 8, L: 0, N: number, W: width}
	path := "tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
	data, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) >= 2 {
		size := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+size {
			break
		}
		entries = append(entries, data[2:2+size])
		data = data[2+size:]
	}
	if len(data) > 0 || len(entries) != width {
		return nil, fmt.Errorf("%s does not hold %d entries and nothing else", path, width)
	}
	return entries, nil
}
